import Journal

/// A next step after damage was found.
public enum DamageAdvice: Sendable {
    /// What has to be done first.
    case fault(Label)
    case step(Label)
    /// To be typed at a shell.
    case command(String)
    /// What to know about a kind of damage.
    case note(Label)

    public var label: Label {
        switch self {
        case .fault(let label), .step(let label), .note(let label): label
        case .command(let text): Label(text, en: text)
        }
    }
}

extension Verification {
    /// The next steps in a folder; none if all is intact. `isRepaired`: a repair was just done.
    public func advice(in folder: String, isRepaired: Bool = false) -> [DamageAdvice] {
        damages.isEmpty && mirrorFailure == nil ? [] : remedy(in: folder, isRepaired) + notes
    }

    private func remedy(in folder: String, _ isRepaired: Bool) -> [DamageAdvice] {
        if let trouble = mirrorFailure {
            if trouble.isOfForeignMirror { return [.fault(trouble.foreignMirrorLabel)] }
            return [
                .fault(
                    Label(
                        "镜像读不到（\(trouble.placeLabel.chinese)）：接好它所在的磁盘，再核对一次。",
                        en:
                            "The mirror cannot be read (\(trouble.placeLabel.english)): bring its disk back, check again."
                    ))
            ]
        }
        if mirror != nil, !isRepaired {
            return [
                .step(
                    Label(
                        "下一步：另开终端执行下面的命令，让日志和镜像互补修复，控制台不必关；然后再核对一次。",
                        en:
                            "Next: mend both copies from one another in another terminal, consoles left open; then check again."
                    )),
                .command("frontdesk verify --repair --data \(folder)"),
            ]
        }
        if mirror != nil, damages.allSatisfy({ $0.copy == .mirror }) {
            return [
                .step(
                    Label(
                        "日志本身完好，镜像里还有修不了的：另设一个空文件夹作镜像（下面的命令），旧的留着备查。",
                        en:
                            "The journal is intact, its mirror could not be mended: set an empty folder as a new mirror and keep the old one."
                    )),
                .command("frontdesk mirror FOLDER --data \(folder)"),
            ]
        }
        // No copy of the lines mends these.
        if kinds.isSubset(of: [.rewritten, .noHead, .conflict]) { return [] }
        let (chinese, english) =
            mirror == nil
            ? ("没有镜像，无法自动修复。", "There is no mirror to mend it from. ")
            : ("镜像里也没有的，修不回来。", "What the mirror lacks as well cannot be mended. ")
        return [
            .step(
                Label(
                    "\(chinese)\(concerned.chinese)其余各行照常计入；缺的事请按原始单据重新登记。",
                    en: "\(english)\(concerned.english)All others count; record what is lost again."))
        ]
    }

    private var notes: [DamageAdvice] {
        Verification.notes.compactMap { kind, label in kinds.contains(kind) ? .note(label) : nil }
    }

    /// What to know about a kind of damage.
    private static let notes: [(kind: Damage.Kind, label: Label)] = [
        (
            .torn,
            Label(
                "残缺行没有写完，从未确认；在日志末尾的，下次登记时自动搁置。",
                en: "A torn line was never acknowledged; at the log's end, the next record sets it aside.")
        ),
        (
            .conflict,
            Label(
                "两份都完好却不同的行不会自动改动，须由人判断。",
                en: "Where intact copies differ nothing is changed: a person must choose.")
        ),
        (
            .rewritten,
            Label(
                "记录被改写过：先不要改动数据，拿最近的备份比对，由经理查明。",
                en: "Lines were rewritten: leave the data as it is, and compare it with the latest backup.")
        ),
        (
            .noHead,
            Label(
                "末尾的记录全不全已无从知道：用最近打印的单据页脚的核对码比对（verify --against）。",
                en: "Whether the last lines are there cannot be told: compare the code on the latest printed document.")
        ),
    ]

    private var kinds: Set<Damage.Kind> { Set(damages.map(\.kind)) }

    /// The numbers of the damaged or missing lines, at most eight ranges.
    private var concerned: Label {
        let ranges = Set(damages.compactMap(\.sequences)).sorted { $0.lowerBound < $1.lowerBound }
        if ranges.isEmpty { return .none }
        let named = ranges.prefix(8).map(\.numbers)
        let more = ranges.count > named.count ? "…" : ""
        return Label(
            "涉及第 \(named.joined(separator: "、"))\(more) 行。",
            en: "Lines concerned: \(named.joined(separator: ", "))\(more). ")
    }
}
