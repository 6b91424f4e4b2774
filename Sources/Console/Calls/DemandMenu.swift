import Estate
import Screen

extension Call {
    /// The last demand that has no outcome.
    var latestOpenDemand: Demand? { demands.last { $0.outcome == .open } }
}

extension MenuLayer {
    /// The possible outcomes of a demand (1.3): a request, an answer, or passing it on. Earlier answers to similar
    /// demands, and the handbook's, come second, so that Enter means the same for every demand.
    static func settling(_ demand: Demand, of call: Call, _ context: Context) -> MenuLayer {
        let request: Intent =
            demand.request != nil
            ? .error(Label("这一条已转工单", en: "this one is a request already"))
            : .form(
                OpenRequest.self, prefill: ["unit": call.unit?.text ?? "", "text": demand.text],
                fixed: ["call": call.id, "demand": demand.id], first: "class",
                title: Label("诉求转工单", en: "A demand becomes a request"), done: Label("已转工单", en: "made a request"))
        let earlier = demand.outcome == .open ? context.estate.offeredAnswers(to: demand.text, limit: 3) : []
        return MenuLayer(
            title: Line(demand.text, .title),
            items: [
                Item(
                    label: Label("转工单", en: "Request"),
                    doc: Label("派人处理，并按时回访", en: "a worker is sent, and a return visit follows"),
                    intents: [request])
            ]
                + earlier.map { answer in
                    settling(
                        demand, as: .answered, "note", Label("照此答复", en: "Answer again"),
                        Label(answer.note, en: answer.note), note: answer.note)
                } + [
                    settling(
                        demand, as: .answered, "note", DemandOutcome.answered.label,
                        Label("写明答复内容", en: "say what was answered")),
                    settling(demand, as: .passed, "to", DemandOutcome.passed.label, Label("写明转交给谁", en: "say to whom")),
                ])
    }

    private static func settling(
        _ demand: Demand, as outcome: DemandSettlement, _ needed: String, _ label: Label, _ doc: Label,
        note: String = ""
    ) -> Item {
        var fixed: [String: any FieldValue] = ["demand": demand.id, "outcome": outcome.rawValue]
        if outcome == .answered { fixed["to"] = "" }
        return Item(
            label: label, doc: doc,
            intents: [
                .form(
                    SettleDemand.self, prefill: ["note": note], fixed: fixed, required: [needed],
                    title: Label(
                        "\(outcome.label.chinese) · \(demand.text)", en: "\(outcome.label.english) · \(demand.text)"),
                    done: outcome.label)
            ])
    }
}
