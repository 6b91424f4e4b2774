import Estate

extension FormLayer {
    /// What was done with it: to what, where that was not filled in itself, then the first of what was. A bare yes says nothing.
    func done(_ receipt: Receipt, _ context: Context) -> Label {
        let subject = HistoryView(of: receipt.id.text)?.title(in: context.estate) ?? ""
        func words(_ language: Language) -> String {
            // A telephone number is nobody's business who looks over a shoulder.
            let told = asked.map { fields[$0] }.filter { ![.phone, .flag].contains($0.description.type) }
            let filled = told.map { $0.shown(language) }.filter { !$0.isEmpty }.prefix(2)
            let isNew = filled.contains { subject.contains($0) }
            return ([action.label[language]] + (isNew || subject.isEmpty ? [] : [subject]) + filled)
                .joined(separator: " · ")
        }
        return Label(words(.chinese), en: words(.english))
    }
}
