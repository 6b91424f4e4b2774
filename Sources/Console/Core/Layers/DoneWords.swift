import Estate

/// The most characters of a value in a status line.
private let longestValue = 24

extension FormLayer {
    /// The status line after the form was recorded: action, subject and the first two values, long ones cut, without phone
    /// numbers and yes/no fields. It says so if the form had been recorded before.
    func done(_ receipt: Receipt, _ context: Context) -> Label {
        let subject = HistoryView(of: receipt.id.text)?.title(in: context.estate) ?? ""
        let own = action.report(on: receipt.id, with: values, in: context.estate)
        func words(_ language: Language) -> String {
            let shownFields = asked.map { fields[$0] }.filter { ![.phone, .flag].contains($0.description.type) }
            let filled = shownFields.map { $0.shown(language) }.filter { !$0.isEmpty }.prefix(2).map {
                $0.count > longestValue ? $0.prefix(longestValue) + "…" : $0
            }
            let repeated = Label("（先前已记录，没有重复）", en: " (recorded before, and not again)")[language]
            if let own { return own[language] + (receipt.isRepeated ? repeated : "") }
            // A new record is named by its own values: they are not repeated.
            let isNamedByValues = filled.contains { subject.contains($0) }
            return
                ([done[language] + (receipt.isRepeated ? repeated : "")]
                + (isNamedByValues || subject.isEmpty ? [] : [subject]) + filled)
                .joined(separator: " · ")
        }
        return Label(words(.chinese), en: words(.english))
    }
}
