import Journal

extension Store {
    /// Whether this is a copy of a data folder, or that this store began a log of another name in one.
    var copyNotice: Label? {
        if let former = journal.formerNode {
            return Label(
                "这是 \(former) 的副本，从现在起以 \(node) 记录；原记录保留",
                en:
                    "this is a copy of \(former)'s folder, which records as \(node) from now on; the former records stay"
            )
        }
        guard journal.isCopy else { return nil }
        return Label(
            "数据文件夹是复制或恢复来的，镜像、中心库停用；开始记录即另用日志名。原文件夹已不用、要接着用原名和镜像，先执行 frontdesk mirror --adopt",
            en:
                "the data folder is a copy or was restored: its mirror and hub are off, and it will record under another node name. If the original is no longer used, run frontdesk mirror --adopt first to keep its name and mirror"
        )
    }
}

extension Adoption {
    /// What was done, for people.
    public var labels: [Label] {
        var labels = [Label("此文件夹接着用 \(node) 记录", en: "this folder goes on as \(node)")]
        for (log, numbers) in missing.sorted(by: { $0.key < $1.key }) {
            labels.append(
                log == node
                    ? Label(
                        "镜像里多出的记录 \(log) \(numbers.numbers) 已补回",
                        en: "records that only the mirror had were put back: \(log) \(numbers.numbers)")
                    : Label(
                        "镜像里有本文件夹没有的记录：\(log) \(numbers.numbers)；可用 frontdesk restore 从镜像取回",
                        en:
                            "the mirror has records that this folder lacks: \(log) \(numbers.numbers); frontdesk restore gets them from it"
                    ))
        }
        return labels + repairs.filter { $0.outcome == .conflict }.map(\.label)
    }
}

extension CopyError {
    /// A stable English code, which scripts rely on.
    public var code: String {
        switch self {
        case .notEmpty: "copy.notEmpty"
        case .inside: "copy.inside"
        case .missing: "copy.missing"
        case .nothing: "copy.nothing"
        case .notTar: "copy.notTar"
        case .unproved: "copy.unproved"
        case .nodeName: "copy.node"
        }
    }

    /// 5 for a failing disk, otherwise 2.
    public var exitCode: Int32 {
        if case .unproved = self { 5 } else { 2 }
    }

    /// The fault and the remedy, for people.
    public var label: Label {
        switch self {
        case .notEmpty(let folder):
            Label("\(folder) 已有内容，没有改动；请另写一个新文件夹", en: "\(folder) is not empty; nothing was changed: name a new folder")
        case .inside(let folder, let source):
            Label("\(folder) 在 \(source) 里面，请放到别处", en: "\(folder) is inside \(source); choose another place")
        case .missing(let source):
            Label("没有这个文件或文件夹：\(source)", en: "there is no file or folder \(source)")
        case .nothing(let source):
            Label("\(source) 里没有日志", en: "there is no journal in \(source)")
        case .notTar(let source):
            Label("\(source) 不是完整的 tar 文件", en: "\(source) is no complete tar archive")
        case .unproved(let file):
            Label(
                "写好后重读核对不符，已作废，请检查磁盘后重试：\(file)",
                en: "read again, the copy differs and was discarded; see to the disk and try again: \(file)")
        case .nodeName(let name):
            Label("日志名不能用（只用字母、数字和 - _，且未用过）：\(name)", en: "the node name cannot be used, or is taken: \(name)")
        }
    }
}
