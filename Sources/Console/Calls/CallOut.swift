import Estate
import Screen

extension ListSource {
    /// Calls the person that the selected row is about. The number, the person and the purpose are filled in.
    static func callOut(about subject: @escaping @Sendable (Row) -> CallSubject) -> Command {
        rowCommand(
            "\(name).call", Label("致电", en: "Call"),
            doc: Label("致电这一户：号码、事由已填好", en: "call this unit: number and purpose are filled in"),
            keys: [.control("o")], priority: 4, action: RingCall.self
        ) { row, context in
            let about = subject(row)
            var fixed: [String: any FieldValue] = ["direction": CallDirection.outgoing, "about": about]
            let known = try? about.details(in: context.estate)
            let name = known?.person.flatMap { context.estate.people.persons[$0]?.name } ?? ""
            if let phone = known?.phone { fixed["phone"] = phone }
            let callee = [name, known?.unit?.text ?? "", known?.phone?.masked ?? ""].filter { !$0.isEmpty }
                .joined(separator: " ")
            return .form(
                RingCall.self, prefill: ["purpose": known.map { context($0.words) } ?? ""], fixed: fixed,
                title: Label("致电 · \(callee)", en: "Call · \(callee)"), done: .dialled)
        }
    }
}

extension Label {
    static let dialled = Label("已拨出", en: "calling")
}
