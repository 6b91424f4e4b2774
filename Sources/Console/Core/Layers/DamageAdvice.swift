import Estate
import struct Journal.Damage
import struct Journal.Verification
import Screen

extension Verification {
    /// The next steps after damage was found in a folder.
    func advice(in folder: String, _ context: Context) -> [Line] {
        var lines: [Line] = []
        if let trouble = mirrorFailure {
            let words = Label(
                "镜像读不到（\(trouble.path)：\(trouble.reason)）：接好它所在的磁盘，再核对一次。",
                en: "The mirror cannot be read (\(trouble.path): \(trouble.reason)): bring its disk back, check again.")
            lines.append(Line(context(words), .warning))
        } else if mirror != nil {
            let words = Label(
                "下一步：另开终端执行下面的命令，让日志和镜像互补修复，控制台不必关；然后再核对一次。",
                en: "Next: mend both copies from one another in another terminal, consoles left open; then check again."
            )
            lines += [Line(context(words)), Line("frontdesk verify --repair --data \(folder)", .strong)]
        } else if !Set(damages.map(\.kind)).isSubset(of: [.rewritten, .noHead]) {
            let concerned = concerned
            let words = Label(
                "没有镜像，无法自动修复。\(concerned.chinese)其余各行照常计入；缺的事请按原始单据重新登记。",
                en:
                    "There is no mirror to mend it from. \(concerned.english)All others count; record what is lost again."
            )
            lines.append(Line(context(words)))
        }
        let kinds = Set(damages.map(\.kind))
        if kinds.contains(.torn) {
            let words = Label(
                "残缺行没有写完，从未确认；在日志末尾的，下次登记时自动搁置。",
                en: "A torn line was never acknowledged; at the log's end, the next record sets it aside.")
            lines.append(Line(context(words), .muted))
        }
        if kinds.contains(.conflict) {
            let words = Label(
                "两份都完好却不同的行不会自动改动，须由人判断。",
                en: "Where intact copies differ nothing is changed: a person must choose.")
            lines.append(Line(context(words), .muted))
        }
        if kinds.contains(.rewritten) {
            let words = Label(
                "记录被改写过：先不要改动数据，拿最近的备份比对，由经理查明。",
                en: "Lines were rewritten: leave the data as it is, and compare it with the latest backup.")
            lines.append(Line(context(words), .muted))
        }
        if kinds.contains(.noHead) {
            let words = Label(
                "末尾的记录全不全已无从知道：用最近打印的单据页脚的核对码比对（verify --against）。",
                en: "Whether the last lines are there cannot be told: compare the code on the latest printed document.")
            lines.append(Line(context(words), .muted))
        }
        return lines
    }

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
