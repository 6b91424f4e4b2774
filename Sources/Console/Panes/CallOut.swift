import Estate
import Screen

extension Session {
    /// The form of a call to whom something is about: the number, the person and the purpose are known already.
    mutating func callOut(about subject: CallSubject, _ context: Context) {
        var hidden = ["direction": CallDirection.outgoing.rawValue, "about": subject.text(zone: context.estate.zone)]
        let known = try? subject.details(in: context.estate)
        let name = known?.person.flatMap { context.estate.people.persons[$0]?.name } ?? ""
        if let phone = known?.phone { hidden["phone"] = phone.text }
        let whom = [name, known?.unit?.text ?? "", known?.phone?.masked ?? ""].filter { !$0.isEmpty }
            .joined(separator: " ")
        fill(
            in: RingCall.self, context, given: ["purpose": known.map { context($0.words) } ?? ""], hidden: hidden,
            title: Label("致电 · \(whom)", en: "Call · \(whom)"))
    }
}

extension ListSource {
    /// Calls whom the selected row is about.
    static func callOut(about subject: @escaping @Sendable (Row) -> CallSubject) -> Command {
        Command(
            "\(name).call", Label("致电", en: "Call"),
            doc: Label("致电这一户：号码、事由已填好", en: "call this unit: number and purpose are filled in"),
            keys: [.control("o")], priority: 4, whyNot: whyNot(RingCall.self, on: Self.self),
            run: { session, context in
                if let row = session.pane(ListPane<Self>.self)?.selected {
                    session.callOut(about: subject(row), context)
                }
                return []
            })
    }
}
