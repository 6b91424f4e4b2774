import Estate

/// A demand that is being typed in a call, as a draft.
extension Draft {
    init(demand: CallPane.DemandInput, in call: Ref<Call>, of staff: String) {
        self.init(
            staff: staff, action: RecordDemand.name, title: RecordDemand.label, fixed: ["call": call.id.text],
            answers: ["text": Answer(text: demand.text.text)], key: demand.key)
    }

    /// The id of the call in which a demand was typed; `nil` for any other draft.
    var callID: String? { action == RecordDemand.name ? fixed["call"] : nil }

    /// The demand's text and its call; `nil` for any other draft.
    var demand: (text: String, call: Ref<Call>)? {
        guard let callID, let call = try? Ref<Call>(text: callID, zone: .shanghai), let text = answers["text"]?.text
        else { return nil }
        return (text, call)
    }

    /// The form for a demand whose call is over: it can still become a request.
    func request(in estate: Estate) -> Draft? {
        guard let demand else { return nil }
        let known = estate.calls[demand.call]
        var answers = ["text": Answer(text: demand.text)]
        if let unit = known?.unit { answers["unit"] = Answer(text: unit.text) }
        return Draft(
            staff: staff, action: OpenRequest.name,
            title: Label("通话已结束，诉求还没有记录：转工单", en: "The call is over and this not on record: a request"),
            fixed: known.map { ["call": $0.id.id.text] } ?? [:], answers: answers)
    }
}
