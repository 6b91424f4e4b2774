import Estate

extension Session {
    /// The form or pane field that a draft belongs to.
    func place(of draft: Draft) -> DraftPlace {
        DraftPlace(staff: draft.staff, key: panes.lazy.compactMap { $0.draftKey(of: draft) }.first)
    }

    /// Offers drafts of consoles that have ended, unless a form is open. `isAsked`: finding none is reported too.
    ///
    /// A draft that a pane can put back into its field is restored without asking.
    mutating func offer(_ leftovers: [DraftFolder.Leftover], isAsked: Bool, _ context: Context) -> [Effect] {
        var copy = self
        let (typed, forms) = leftovers.reduce(into: ([DraftFolder.Leftover](), [DraftFolder.Leftover]())) {
            parts, left in
            let isTyped = copy.firstAnswer { $0.restore(left.draft, context) ? true : nil } ?? false
            if isTyped { parts.0.append(left) } else { parts.1.append(left) }
        }
        if layers.contains(where: { $0 is FormLayer }) {
            // A form that is being filled in is not covered.
        } else if !forms.isEmpty {
            open(DraftLayer(forms), context)
        } else if isAsked, typed.isEmpty {
            say(context(Label("没有未提交的表单", en: "no form was left unsent")), context)
        }
        return typed.map { .takeDraft($0) }
    }

    /// Continues a draft in its pane or as a form. `nil`: another console has taken it, which is reported.
    mutating func resume(_ draft: Draft?, _ context: Context) {
        guard let draft else { return say(context(.draftUnavailable), isError: true, context) }
        storedDrafts[place(of: draft)] = draft
        let isRestored = firstAnswer { $0.restore(draft, context) ? true : nil }
        if isRestored == true { return }
        let form = panes.lazy.compactMap { $0.formDraft(for: draft, context) }.first ?? draft
        guard let layer = FormLayer(form, context) else {
            return say(context(.draftUnavailable), isError: true, context)
        }
        open(layer, context)
    }

    /// The effects that bring the stored drafts of the member up to date: of the open form and of the text typed in panes.
    /// Drafts of other members stay as they are.
    mutating func draftChanges(_ context: Context) -> [Effect] {
        guard let signedIn else { return [] }
        // Text typed in a pane continues as a form if its record was closed elsewhere.
        if layers.isEmpty, let orphan = panes.lazy.compactMap({ $0.orphanedDraft(of: signedIn) }).first {
            for pane in panes { _ = change(pane.name) { $0.discard(orphan) } }
            resume(orphan, context)
        }
        var current: [DraftPlace: Draft] = [:]
        for draft in panes.flatMap({ $0.drafts(of: signedIn) }) { current[place(of: draft)] = draft }
        for (index, form) in forms.compactMap({ $0.draft(of: signedIn) }).enumerated() {
            current[DraftPlace(staff: signedIn, key: index == 0 ? nil : "form \(index)")] = form
        }
        if current.isEmpty, storedDrafts.isEmpty { return [] }
        let places = Set(current.keys).union(storedDrafts.keys.filter { $0.staff == signedIn })
        let changed = places.filter { current[$0] != storedDrafts[$0] }
        for place in changed { storedDrafts[place] = current[place] }
        return changed.map { .keepDraft(current[$0], at: $0) }
    }
}

extension Label {
    static let draftUnavailable = Label(
        "这份表单已不能继续，或已在另一终端打开", en: "this form can no longer be continued, or is open elsewhere")
}
