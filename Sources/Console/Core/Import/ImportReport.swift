import Estate
import Screen
import struct Journal.EntryID

/// What a check of a file has found, or what was imported from it, as text to scroll through.
struct ImportReport {
    let table: ImportTable
    /// `nil` if rows were refused, or nothing was recorded.
    let result: ImportResult?
    private var text: TextPopup
    var lines: [Line] { text.lines }
    /// What the question before the import tells.
    let facts: [Label]
    /// Whether money was refused because it stands already.
    let isDoubled: Bool
    /// The key with which its rows are recorded once.
    let key: String

    /// What was found.
    enum Finding {
        case good(ImportResult)
        case recorded(ImportResult)
        case refused(RefusedRows)
        /// The whole file stands already.
        case repeated(Refusal)
        /// The rows were good, and could not be recorded.
        case failed
    }

    init(_ table: ImportTable, _ finding: Finding, _ context: Context) {
        self.table = table
        key = EntryID(at: context.now).text
        var lines: [Line] = []
        func add(_ label: Label, _ style: Style = .text) { lines.append(Line(context(label), style)) }
        switch finding {
        case .failed:
            (result, facts, isDoubled) = (nil, [], false)
            add(Label("没有导入", en: "nothing was imported"), .warning)
        case .repeated(let refusal):
            (result, facts, isDoubled) = (nil, [], true)
            add(Label("✗ \(refusal.message.chinese)", en: "✗ \(refusal.message.english)"), .danger)
            add(
                Label(
                    "文件里没有时间和单号，分不清哪几笔已有：补上其中一列，或只把缺的那一笔单独登记",
                    en:
                        "without times or numbers nobody can tell which are there: add such a column, or record what lacks by itself"
                ), .muted)
        case .refused(let refused):
            (result, facts) = (nil, [])
            isDoubled = refused.rows.contains { $0.refusal.code == "import.doubled" }
            add(
                Label(
                    "✗ 共 \(table.count.grouped) 行，其中 \(refused.rows.count.grouped) 行有误：改好文件再来，一行也没有导入",
                    en: "✗ \(refused.rows.count.grouped) of \(table.count.grouped) rows are bad: nothing was imported"),
                .danger)
        case .good(let found), .recorded(let found):
            (result, facts, isDoubled) = (found, found.facts(table.kind), false)
            let count = found.imported.grouped
            let isRecorded = if case .recorded = finding { true } else { false }
            add(
                isRecorded
                    ? Label("✓ 已导入 \(count) 行", en: "✓ \(count) rows were imported")
                    : found.imported == 0
                        ? Label("没有要导入的行", en: "there is nothing to import")
                        : Label("✓ 检查通过，可导入 \(count) 行", en: "✓ \(count) rows are good"),
                found.imported == 0 ? .warning : .good)
            for fact in facts { add(fact) }
        }
        if !table.notes.isEmpty {
            lines.append(Line([]))
            for note in table.notes { add(note, .muted) }
        }
        let words: [String] =
            switch finding {
            case .refused(let refused): refused.lines(table.kind, context.language, showsCodes: false)
            case .good(let found), .recorded(let found): found.lines(context.language)
            case .repeated, .failed: []
            }
        if !words.isEmpty { lines.append(Line([])) }
        lines += words.map { word in
            // A group's title stands further left than its rows.
            let isTitle = !word.hasPrefix("    ")
            return Line(VisibleText.visible(word), isTitle ? .strong : .text)
        }
        text = TextPopup(lines, widest: 100)
    }

    // MARK: Scrolling and drawing

    /// Scrolls on a key; `false` for another key.
    mutating func scroll(_ key: Key, _ context: Context) -> Bool {
        switch key {
        case .down: text.scroll(by: 1, context)
        case .up: text.scroll(by: -1, context)
        case .pageDown, .character(" "): text.scroll(by: 10, context)
        case .pageUp: text.scroll(by: -10, context)
        case .home: text.scroll(by: -1_000_000, context)
        case .end: text.scroll(by: 1_000_000, context)
        default: return false
        }
        return true
    }

    func draw(into grid: inout Grid, rect: Rect, _ title: Line, _ context: Context) {
        text.draw(into: &grid, rect: rect, title, context)
        grid.cursor = nil
    }
}

extension ImportResult {
    /// What a person should know before saying yes, and after it.
    fileprivate func facts(_ kind: ImportKind) -> [Label] {
        func count(_ number: Int, _ chinese: (String) -> String, en english: (String) -> String) -> Label? {
            number == 0 ? nil : Label(chinese(number.grouped), en: english(number.grouped))
        }
        return [
            sums,
            outgoing > .zero
                ? Label(
                    "收入合计 \(amount.grouped) 元，支出合计 \(outgoing.grouped) 元",
                    en: "\(amount.grouped) yuan came, \(outgoing.grouped) left")
                : amount > .zero ? Label("金额合计 \(amount.grouped) 元", en: "\(amount.grouped) yuan in all") : nil,
            count(known, { "已有 \($0) 行，跳过" }, en: { "\($0) rows are there already and are passed over" }),
            count(differing.count, { "其中 \($0) 行与已有的不同，不改动" }, en: { "\($0) of them differ; what is there stays" }),
            count(gone.count, { "已有而文件里没有的 \($0) 项，不动" }, en: { "\($0) are not in the file; they stay" }),
            imported == 0
                ? nil
                : kind.isMoney
                    ? Label("收款不能整份撤回，错了须逐笔作废", en: "money is not taken back as a whole, but voided one by one")
                    : Label("导错了可整份撤回：F9 撤回导入", en: "a whole import can be taken back: F9, Void an import"),
        ].compactMap { $0 }
    }
}
