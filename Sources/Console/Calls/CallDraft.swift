import Estate

/// Where something unsent belongs: a member's form, or the demand that they are typing in one of their calls.
struct DraftPlace: Hashable, Sendable {
    let staff: String
    /// The id of the call; `nil` for a form.
    var call: String?
}

extension Draft {
    /// A demand as far as it is typed.
    init(demand text: String, in call: Ref<Call>, of staff: String) {
        self.init(
            staff: staff, action: RecordDemand.name, title: RecordDemand.label, hidden: ["call": call.id.text],
            answers: ["text": Answer(text: text)])
    }

    /// The call in whose field it is typed; `nil` for a form.
    private var callID: String? { action == RecordDemand.name ? hidden["call"] : nil }

    var place: DraftPlace { DraftPlace(staff: staff, call: callID) }

    /// What is typed, and in which call; `nil` for a form.
    var demand: (text: String, call: Ref<Call>)? {
        guard let callID, let call = try? Ref<Call>(text: callID, zone: .shanghai), let text = answers["text"]?.text
        else { return nil }
        return (text, call)
    }

    /// What can still become of a demand whose call is over.
    func request(in estate: Estate) -> Draft {
        let known = demand.flatMap { estate.calls[$0.call] }
        var answers = ["text": Answer(text: demand?.text ?? "")]
        if let unit = known?.unit { answers["unit"] = Answer(text: unit.text) }
        return Draft(
            staff: staff, action: OpenRequest.name,
            title: Label("通话已结束，诉求还没有记录：转工单", en: "The call is over and this not on record: a request"),
            hidden: known.map { ["call": $0.id.id.text] } ?? [:], answers: answers)
    }
}
