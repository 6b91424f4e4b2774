import Estate

extension FormLayer {
    /// The status line after the form was recorded: action, subject, and the first two values; no phone numbers, no yes or no.
    func done(_ receipt: Receipt, _ context: Context) -> Label {
        let subject = HistoryView(of: receipt.id.text)?.title(in: context.estate) ?? ""
        func words(_ language: Language) -> String {
            let sayable = asked.map { fields[$0] }.filter { ![.phone, .flag].contains($0.description.type) }
            let filled = sayable.map { $0.shown(language) }.filter { !$0.isEmpty }.prefix(2)
            let isNew = filled.contains { subject.contains($0) }
            return ([action.label[language]] + (isNew || subject.isEmpty ? [] : [subject]) + filled)
                .joined(separator: " · ")
        }
        return Label(words(.chinese), en: words(.english))
    }
}
