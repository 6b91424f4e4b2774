import Estate
import Screen

/// What a form was opened with may change while it is filled in: by another terminal, or by the passing of time.
extension FormLayer {
    /// Adopts what the form would be opened with now: its title, the values that it does not ask for, and those that were
    /// proposed and not touched. It is shown once before the form is sent.
    mutating func refresh(_ context: Context) {
        // What was recorded, although the answer did not come, is sent again as it is.
        if isObsolete || context.holdsReceipt(for: key) { return }
        var changes: [Label] = []
        if let renew = request.renew {
            guard let now = renew(context) else {
                request.renew = nil
                isObsolete = true
                return note(FormLayer.obsolete, context)
            }
            changes = adopt(now)
        }
        changes += renewProposals(context)
        if changes.isEmpty { return }
        note(
            Label(
                "情况有变：\(changes.map(\.chinese).joined(separator: "，"))；核对后再提交",
                en: "this has changed: \(changes.map(\.english).joined(separator: ", ")); look at it before sending"),
            context)
    }

    /// Takes over what the form would be opened with now. Returns what has changed.
    private mutating func adopt(_ now: FormRequest) -> [Label] {
        var changes: [Label] = []
        for index in fields.indices {
            let key = fields[index].description.key
            let (before, after) = (request.prefill[key] ?? "", now.prefill[key] ?? "")
            guard before != after, fields[index].value == before else { continue }
            fields[index].propose(after)
            let label = fields[index].description.label
            changes.append(
                Label("\(label.chinese) \(before) → \(after)", en: "\(label.english) \(before) → \(after)"))
        }
        let isTold = now.fixed != request.fixed || now.title != request.title
        guard !changes.isEmpty || isTold else { return [] }
        (request.prefill, request.fixed, request.title) = (now.prefill, now.fixed, now.title)
        return changes.isEmpty ? [Label("见标题", en: "see the title")] : changes
    }

    /// Why an obsolete form is not sent. What was typed stays, to be copied.
    static let obsolete = Label(
        "这条记录已在别处处理，不能再提交；Esc 返回后重新核对",
        en: "this record was dealt with elsewhere: nothing is sent; Esc, then look at it again")

    private mutating func note(_ change: Label, _ context: Context) {
        self.change = change
        trouble = context(change)
    }
}
