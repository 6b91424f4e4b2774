import Estate
import Screen

/// What of a renovation's papers and signatures is still to come: each is ticked, or signed in a form, until none is left.
struct PaperMenu {
    /// One thing that is still to come.
    private enum Entry {
        case paper(String)
        case form(any Action.Type, Label)
        case neighbours(Label)
    }

    private let row: RenovationList.Row
    private let entries: [Entry]
    /// How many papers are missing.
    private let missing: Int
    /// How many of the missing papers are to be signed.
    private let unsigned: Int
    private let canWithdrawConsent: Bool
    private let canAgreeAnew: Bool

    init(_ row: RenovationList.Row, _ context: Context) {
        self.row = row
        let papers = row.subject.missingPapers
        missing = papers.count
        let delivered = papers.map { PaperMenu.entry(of: $0, context) }
        entries = delivered + PaperMenu.signatures(of: row, besides: papers, context)
        unsigned = delivered.count { if case .paper = $0 { false } else { true } }
        canAgreeAnew =
            row.agreement != nil && context.disabledReason(AgreeRenovation.self) == nil
            && context.estate.handbook.renovation.allows(AgreeRenovation.name, in: row.state)
        canWithdrawConsent =
            row.subject.hasConsent && context.disabledReason(ConsentRenovation.self) == nil
            && [.applied, .papers, .permitted, .finished, .rectifying].contains(row.state)
    }

    var isEmpty: Bool { entries.isEmpty && !canWithdrawConsent && !canAgreeAnew }

    func layer(_ context: Context) -> MenuLayer {
        MenuLayer(
            title: Line(context(Label("资料签名 · \(row.unit.text)", en: "Papers · \(row.unit.text)")), .title),
            items: entries.map(item) + anew + all + withdrawal, isNumbered: true)
    }

    // MARK: What is to come

    /// A paper, or the form that records it with its signatures if the member's role may.
    private static func entry(of paper: String, _ context: Context) -> Entry {
        let signed = context.estate.handbook.renovation.papers.signed
        let forms: [(String, any Action.Type)] = [
            (signed.consent, ConsentRenovation.self), (signed.notice, SignNotice.self),
            (signed.agree, AgreeRenovation.self),
        ]
        if paper.hasPrefix(signed.neighbours) { return .neighbours(Label(paper, en: paper)) }
        let form = forms.first { paper.hasPrefix($0.0) && context.disabledReason($0.1) == nil }
        return form.map { .form($0.1, Label(paper, en: paper)) } ?? .paper(paper)
    }

    /// The signatures that are missing and are none of the missing papers.
    private static func signatures(
        of row: RenovationList.Row, besides papers: [String], _ context: Context
    ) -> [Entry] {
        guard [.applied, .papers, .permitted].contains(row.state) else { return [] }
        let signed = context.estate.handbook.renovation.papers.signed
        var forms: [(start: String, action: any Action.Type, label: Label)] = []
        if let flag = row.lacksConsent {
            let label =
                flag == .ownerChanged ? Label("新业主书面同意", en: "The new owner's consent") : ConsentRenovation.label
            forms.append((signed.consent, ConsentRenovation.self, label))
        }
        if !row.isSimple, row.notice == nil { forms.append((signed.notice, SignNotice.self, SignNotice.label)) }
        if !row.isSimple, row.agreement == nil {
            forms.append((signed.agree, AgreeRenovation.self, AgreeRenovation.label))
        }
        func isPaper(_ start: String) -> Bool { papers.contains { $0.hasPrefix(start) } }
        let entries = forms.filter { !isPaper($0.start) && context.disabledReason($0.action) == nil }
            .map { Entry.form($0.action, $0.label) }
        let tellsNeighbours = !row.isSimple && row.neighbours == nil && !isPaper(signed.neighbours)
        return entries + (tellsNeighbours ? [.neighbours(TellNeighbours.label)] : [])
    }

    // MARK: Items

    /// The menu again, with what is left; nothing after the last.
    private var again: [Intent] {
        entries.count == 1
            ? [] : [.runOn("renovations.papers", record: row.id.id.text, in: RenovationList.name)]
    }

    private func item(_ entry: Entry) -> MenuLayer.Item {
        let unit = row.unit.text
        switch entry {
        case .paper(let paper):
            let done =
                missing == 1
                ? Label("\(unit) 资料齐全", en: "the papers of \(unit) are all there")
                : Label("\(unit) 已收 \(paper.beforeBracket)", en: "\(unit): \(paper.beforeBracket) is there")
            return .init(
                label: Label(paper, en: paper), doc: Label("勾为已收", en: "tick it as there"),
                intents: [.perform(DeliverPaper(renovation: row.id, paper: paper), done: done, then: again)])
        case .form(let action, let label):
            let fixed: [String: any FieldValue] = action == ConsentRenovation.self ? ["withdrawn": ""] : [:]
            return .init(
                label: label, doc: Label("填签名人等", en: "who signed"),
                intents: [RenovationList.form(action, row, fixed: fixed, then: again)])
        case .neighbours(let label):
            return .init(
                label: label, doc: Label("楼上楼下、隔壁已通知", en: "above, below and beside were told"),
                intents: [
                    .perform(
                        TellNeighbours(renovation: row.id),
                        done: Label("\(unit) 已告知邻居", en: "the neighbours of \(unit) were told"), then: again)
                ])
        }
    }

    private var all: [MenuLayer.Item] {
        if missing < 2 { return [] }
        let signed =
            unsigned == 0
            ? Label.none : Label("；其中 \(unsigned) 样的签名另补", en: "; the signatures of \(unsigned) are still to come")
        return [
            .init(
                label: Label("全部齐了", en: "All there"),
                doc: Label(
                    "这 \(missing) 样一次收齐，开始计时\(signed.chinese)",
                    en: "all \(missing) at once: the clock starts\(signed.english)"),
                intents: [
                    .perform(
                        CompletePapers(renovation: row.id),
                        done: Label("\(row.unit.text) 资料齐全", en: "the papers of \(row.unit.text) are all there"))
                ])
        ]
    }

    private var anew: [MenuLayer.Item] {
        if !canAgreeAnew { return [] }
        return [
            .init(
                label: Label("重签协议", en: "Agree anew"),
                doc: Label("期限或时间写错、改了：以新签的为准", en: "other days or hours: the new one holds"),
                intents: [RenovationList.form(AgreeRenovation.self, row)])
        ]
    }

    private var withdrawal: [MenuLayer.Item] {
        if !canWithdrawConsent { return [] }
        return [
            .init(
                label: Label("业主撤回同意", en: "Consent taken back"),
                doc: Label("书面撤回：施工不能开始，不能延期", en: "works may not begin or go on longer"),
                intents: [
                    RenovationList.form(
                        ConsentRenovation.self, row, fixed: ["withdrawn": true],
                        remark: Label("（撤回）", en: " (taken back)"))
                ])
        ]
    }
}
