import Estate
import Screen

extension ListSource {
    /// Calls the person that the selected row is about. The number, the person and the purpose are filled in. `then`:
    /// performed once the call is begun.
    static func callOut(
        about subject: @escaping @Sendable (Row) -> CallSubject,
        then: @escaping @Sendable (Row) -> [Intent] = { _ in [] }
    ) -> Command {
        rowCommand(
            "\(name).call", .callThem,
            doc: Label("致电这一户：号码、事由已填好", en: "call this unit: number and purpose are filled in"),
            keys: [.control("o")], priority: 4, action: RingCall.self
        ) { row, context in
            let about = subject(row)
            let known = try? about.details(in: context.estate)
            return .calling(
                known?.phone, named: known?.person.flatMap { context.estate.people.persons[$0]?.name }, known?.unit,
                about: about, for: known?.words, then: then(row), context)
        }
    }
}

extension Intent {
    /// The form for calling somebody. Its title has the name and not the whole number.
    static func calling(
        _ phone: Phone?, named name: String?, _ unit: UnitCode?, about: CallSubject? = nil, for purpose: Label? = nil,
        then: [Intent] = [], _ context: Context
    ) -> Intent {
        var fixed: [String: any FieldValue] = ["direction": CallDirection.outgoing]
        if let about { fixed["about"] = about }
        if let phone { fixed["phone"] = phone }
        let callee = [name, unit?.text, phone?.masked].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        return .form(
            RingCall.self, prefill: ["purpose": purpose.map { context($0) } ?? ""], fixed: fixed,
            title: Label("致电 · \(callee)", en: "Call · \(callee)"), done: .dialled, then: then)
    }
}

extension Label {
    static let callThem = Label("致电", en: "Call")
    static let dialled = Label("已拨出", en: "calling")
}
