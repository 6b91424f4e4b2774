import Handbook
import Journal

extension Damage {
    /// The kind and the place of the damage, for people.
    public var label: Label {
        let place = "\(copy == .mirror ? "mirror:" : "")\(node)/\(segment) @\(offset)"
        let (chinese, english) = sequences.map { ("（\($0.numbers)）", " (\($0.numbers))") } ?? ("", "")
        return Label(
            "\(kind.label.chinese)：\(place)\(chinese)", en: "\(kind.label.english): \(place)\(english)")
    }
}

extension ClosedRange<Int> {
    /// `42`, or `42–45`.
    public var numbers: String { count == 1 ? "\(lowerBound)" : "\(lowerBound)–\(upperBound)" }
}

extension Damage.Kind {
    public var label: Label {
        switch self {
        case .torn: Label("残缺行", en: "torn line")
        case .hash: Label("损坏行", en: "damaged line")
        case .gap: Label("缺行", en: "missing lines")
        case .duplicate: Label("重复行", en: "doubled line")
        case .swapped: Label("错位行", en: "misplaced line")
        case .head: Label("已确认的记录丢失", en: "acknowledged lines lost")
        case .group: Label("操作不全", en: "incomplete action")
        case .mirror: Label("两份不一致", en: "copies differ")
        case .conflict: Label("两份都完好却不同", en: "intact copies differ")
        case .rewritten: Label("记录被改写过", en: "lines were rewritten")
        case .noHead: Label("末尾标记 HEAD 缺失或损坏", en: "HEAD is missing or damaged")
        }
    }
}

extension [Damage] {
    /// The alarm for some damage, of the journal or of its mirror only.
    public var alarm: Label {
        allSatisfy { $0.copy == .mirror }
            ? Label("镜像损坏 \(count) 处", en: "mirror: \(count) damages")
            : Label("日志损坏 \(count) 处", en: "journal: \(count) damages")
    }
}

extension HeadSeal {
    /// What is printed under every document.
    public var label: Label { Label("记录核对码 \(text)", en: "Record code \(text)") }
    /// Whether the log still has the line, for people.
    public func label(fits: Bool) -> Label {
        fits
            ? Label("核对码 \(text) 相符：到这一行为止没有改动", en: "code \(text) fits: nothing up to that line was changed")
            : Label("核对码 \(text) 不符", en: "code \(text) does not fit")
    }
}

extension SetAside {
    /// The torn tail that was put on record, for people.
    public var label: Label {
        Label(
            "上次中断时未写完的记录已搁置（未曾确认，无损失）：\(node)/\(segment) @\(offset)，\(bytes) 字节",
            en:
                "an unfinished write was set aside (never acknowledged, nothing is lost): \(node)/\(segment) @\(offset), \(bytes) bytes"
        )
    }
}

extension Store {
    /// The alarm to show while a fault lasts: a failed write, a mirror that lags, or damage. `found`: the damage that a
    /// verification found, used if it is more than this store met when reading.
    public func alarm(found: [Damage]) -> Label? {
        if let trouble { return Label("写入失败：\(trouble.code)", en: "writing fails: \(trouble.code)") }
        if mirrorTrouble != nil { return Label("镜像跟不上", en: "the mirror does not follow") }
        if let forked = hub?.alarm { return forked }
        let damages = found.count > damages.count ? found : damages
        return damages.isEmpty ? nil : damages.alarm
    }

    /// The mirror's fault with its reason; `nil` if there is none.
    public var mirrorNotice: Label? {
        mirrorTrouble.map {
            if $0.isOfForeignMirror { return $0.foreignMirrorLabel }
            return Label(
                "已记录，但镜像跟不上：\($0.placeLabel.chinese)",
                en: "recorded, but the mirror does not follow: \($0.placeLabel.english)")
        }
    }

    /// What is to be said, once, of other nodes' records: logs that cannot be read, entries that are no log, forks and what
    /// else keeps the hub from being in step.
    public var nodeNotices: [Label] {
        journal.nodeFailures.map { Journal.label(of: $0.failure, reading: $0.node) }
            + journal.strangers.map { Journal.label(ofStranger: $0) } + (hub?.notices ?? [])
    }

    /// The first damages; `verify` names all of them.
    private var damageNotices: [Label] {
        let (damages, most) = (damages, 20)
        let rest = damages.count - most
        let more = Label("另有 \(rest) 处损坏：frontdesk verify", en: "and \(rest) more damages: frontdesk verify")
        return damages.prefix(most).map(\.label) + (rest > 0 ? [more] : [])
    }

    /// Notices to show when the journal is opened, damage first.
    public var notices: [Label] {
        damageNotices + [copyNotice].compactMap { $0 } + handbook.passedOver.map(handbook.label(ofPassedOver:))
            + (unknownFacts > 0
                ? [
                    Label(
                        "\(unknownFacts) 条记录来自更新的版本，已保留但不显示",
                        en: "\(unknownFacts) facts of a newer version are kept but not shown")
                ] : [])
    }
}

extension Handbook {
    /// A file of the estate's handbook that is no chapter, for people.
    fileprivate func label(ofPassedOver file: String) -> Label {
        let (chinese, english) =
            nearestFile(to: file).map { ("是不是 \($0)？", "is it \($0)?") }
            ?? ("可用的：\(files.joined(separator: " "))", "there are \(files.joined(separator: ", "))")
        return Label(
            "手册文件 handbook/\(file) 不起作用，没有这一章；\(chinese)",
            en: "the handbook file handbook/\(file) has no effect, there is no such chapter; \(english)")
    }
}

extension Journal {
    /// The failure to read another node's log, for people.
    public static func label(of failure: DiskFailure, reading node: String) -> Label {
        Label(
            "节点 \(node) 的日志读不到，本机照常记录：\(failure.placeLabel.chinese)",
            en: "the log of the node \(node) cannot be read; this one goes on: \(failure.placeLabel.english)")
    }

    /// An entry of `journal/` that is no node's log, for people.
    public static func label(ofStranger name: String) -> Label {
        Label("journal/\(name) 不是节点的日志，没有读它", en: "journal/\(name) is no node's log and is not read")
    }
}

extension JournalError {
    /// A stable English code, which scripts rely on.
    public var code: String {
        switch self {
        case .missing: "data.missing"
        case .exists: "data.exists"
        case .network: "data.network"
        case .exposed: "data.exposed"
        case .nodeName: "data.nodeName"
        case .disk(let failure): failure.code
        case .unconfirmed: "disk.unconfirmed"
        case .recorded: "disk.recorded"
        case .readOnly: "data.readOnly"
        case .replaced: "data.replaced"
        case .busy: "data.busy"
        case .outdated: "data.outdated"
        case .newer: "data.newer"
        }
    }

    /// The fault and the remedy, for people.
    public var label: Label {
        switch self {
        case .missing(let folder):
            Label(
                "\(folder) 里没有小区数据；先用 frontdesk init 建立，或用 --data 指定文件夹",
                en: "there is no estate in \(folder); make one with frontdesk init, or name the folder with --data")
        case .exists(let folder):
            Label("\(folder) 里已有小区数据，没有改动", en: "there is an estate in \(folder) already; nothing was changed")
        case .network(let folder, let fileSystem):
            Label(
                "\(folder) 在 \(fileSystem) 文件系统上（网络、虚拟机共享或 FUSE），锁和落盘不可靠；请换本机磁盘",
                en:
                    "\(folder) lies on \(fileSystem), a network, shared or FUSE file system whose locks cannot be trusted; use a local disk"
            )
        case .exposed(let folder):
            Label(
                "任何账户都能写 \(folder)，里面的记录靠不住；先收回：chmod o-w \(folder)",
                en:
                    "every account may write to \(folder), so nothing in it can be relied on; first: chmod o-w \(folder)"
            )
        case .nodeName(let folder, ""):
            Label(
                "\(folder)/NODE 丢失或是空的，没有打开；日志还在，请恢复到新文件夹：frontdesk restore \(folder) 新文件夹",
                en:
                    "\(folder)/NODE is lost or empty; nothing was opened. The logs are there: frontdesk restore \(folder) NEW"
            )
        case .nodeName(let folder, let name):
            Label(
                "\(folder)/NODE 里的“\(name)”不是日志名（只有字母、数字和 - _），没有打开；请按备份恢复",
                en:
                    "“\(name)” in \(folder)/NODE is no log's name (letters, digits, - and _); nothing was opened: restore it from a backup"
            )
        case .disk(let failure): failure.label
        case .unconfirmed(let failure):
            Label(
                "写入未能确认：可能已记录，也可能没有；排除故障后，表单原样再提交（脚本用同一 key）不会重复，其他的先查看：\(failure.faultLabel.chinese)",
                en:
                    "not confirmed: it may be recorded or not; mend the disk; a form sent again unchanged (a script with the same key) is recorded once, for all else look first: \(failure.faultLabel.english)"
            )
        case .recorded(let failure):
            Label(
                "已写入日志，但磁盘未能确认：不要重做，请尽快检查磁盘：\(failure.faultLabel.chinese)",
                en:
                    "it is in the journal, but the disk did not confirm it: do not do it again, and see to the disk: \(failure.faultLabel.english)"
            )
        case .replaced(let folder):
            Label(
                "\(folder) 已不是打开时的数据文件夹（被移走、换过或恢复过），已改用现在的；正要记的没有记录，请核对数据后重做",
                en:
                    "\(folder) is no longer the data folder that was opened (it was moved, replaced or restored); the present one is used now. What was about to be recorded was not: check the data, then do it again"
            )
        case .busy(let holder):
            Label(
                "另一程序正占用数据\(holder.map { "：\($0.label.chinese)" } ?? "")；这次没有记录，请稍后重做",
                en:
                    "another program holds the data\(holder.map { ": \($0.label.english)" } ?? ""); nothing was recorded, do it again later"
            )
        case .outdated:
            Label("数据刚修复过，这次没有记录；请重做", en: "the data were just repaired; nothing was recorded, do it again")
        case .newer(let lines):
            Label(
                "数据里有 \(lines) 条较新版本程序写的记录，本程序看不懂，不能在不完整的情况上再记；请升级程序",
                en:
                    "a newer program has written \(lines) lines that this one does not understand; nothing is recorded on an incomplete state: upgrade the program"
            )
        case .readOnly(let failure):
            Label(
                "先前写入失败（\(failure.reasonLabel.chinese)），暂不接受新记录",
                en: "an earlier write failed (\(failure.reasonLabel.english)): nothing is taken")
        }
    }
}

extension LockHolder {
    /// The program and its process number, for people.
    public var label: Label {
        let (chinese, english) = program.isEmpty ? ("程序", "process") : (program, program)
        return Label("\(chinese)（\(process)）", en: "\(english) (\(process))")
    }
}

extension MirrorError {
    /// A stable English code, which scripts rely on.
    public var code: String {
        switch self {
        case .overlaps: "mirror.overlaps"
        case .foreign: "mirror.foreign"
        case .unnameable: "mirror.unnameable"
        case .owned: "mirror.owned"
        case .stands: "mirror.stands"
        }
    }

    /// The fault, for people.
    public var label: Label {
        switch self {
        case .overlaps(let folder, let mirror):
            Label(
                "镜像 \(mirror) 不能与数据 \(folder) 相互包含",
                en: "the mirror \(mirror) and the data \(folder) may not hold one another")
        case .foreign(let mirror):
            Label("\(mirror) 里有另一个小区的日志，没有改动", en: "\(mirror) holds another estate's log; nothing was changed")
        case .owned(let mirror, let folder):
            Label(
                "镜像 \(mirror) 属于 \(folder)，没有改动；那个数据文件夹已不再用时，执行 frontdesk mirror --adopt \(mirror)",
                en:
                    "the mirror \(mirror) belongs to \(folder); nothing was changed: if that data folder is no longer used, run frontdesk mirror --adopt \(mirror)"
            )
        case .stands(let folder):
            Label(
                "原数据文件夹 \(folder) 还在用，没有改动；先停用并移走它，再接管；要两处各自记录，直接记录即可，会另用日志名",
                en:
                    "the original data folder \(folder) still stands; nothing was changed: put it out of use and away first. To record in both, just go on: this one takes another node name"
            )
        case .unnameable(let mirror): Label("文件夹名不能用：\(mirror)", en: "the folder's name cannot be used: \(mirror)")
        }
    }
}

extension Repair {
    /// The outcome of a repair, for people.
    public var label: Label {
        let numbers = sequences?.numbers ?? "—"
        let place = "\(copy == .mirror ? "mirror:" : "")\(node)/\(segment)"
        return switch outcome {
        case .repaired: Label("已修复 \(place)：\(numbers)", en: "mended \(place): \(numbers)")
        case .conflict:
            Label("两份都完好却不同，未改动 \(place)：\(numbers)", en: "two intact lines differ, left alone: \(place): \(numbers)")
        }
    }
}
