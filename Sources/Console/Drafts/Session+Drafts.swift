import Estate

extension Session {
    /// Offers what was left unsent, unless a form is open. Where somebody asked for it, it is said when there is nothing.
    ///
    /// What was being typed in a call that still goes on is no matter of choice: it is back in the call's field.
    mutating func offer(_ left: [DraftFolder.Left], isAsked: Bool, _ context: Context) -> [Effect] {
        let open = pane(CallPane.self)?.open ?? []
        let (typed, forms) = (
            left.filter { $0.draft.demand.map { open.contains($0.call) } ?? false },
            left.filter { $0.draft.demand.map { !open.contains($0.call) } ?? true }
        )
        if layers.contains(where: { $0 is FormLayer }) {
            // Nothing comes between somebody and what is being filled in.
        } else if !forms.isEmpty {
            self.open(DraftLayer(forms))
        } else if isAsked, typed.isEmpty {
            say(context(Label("没有未提交的表单", en: "no form was left unsent")), context)
        }
        return typed.map { .takeDraft($0.id, at: $0.draft.place) }
    }

    /// Goes on with a draft, if nobody else did.
    mutating func goOn(with draft: Draft?, _ context: Context) {
        guard var draft else { return cannotGoOn(context) }
        keptDrafts[draft.place] = draft
        if let demand = draft.demand {
            if change(CallPane.self, { $0.put(demand.text, in: demand.call) }) == true { return }
            draft = draft.request(in: context.estate)
        }
        guard let form = FormLayer(draft, context) else { return cannotGoOn(context) }
        open(form)
    }

    /// Says that a draft is out of reach, and leaves it where it is.
    mutating func cannotGoOn(_ context: Context) {
        let words = Label("这份表单已不能继续，或已在另一终端打开", en: "this form cannot be gone on with, or is open elsewhere")
        say(context(words), isTrouble: true, context)
    }

    /// What keeps the member's unsent form and the demands being typed as they are now. What others have left here stays kept
    /// as it was.
    mutating func settleDrafts(_ context: Context) -> [Effect] {
        guard let signedIn else { return [] }
        // A call that was ended elsewhere, or by a form, takes nothing with it that somebody typed.
        if layers.isEmpty, let lost = pane(CallPane.self)?.unrecorded {
            _ = change(CallPane.self) { $0.forgetTyped(in: lost.call) }
            goOn(with: Draft(demand: lost.text, in: lost.call, of: signedIn), context)
        }
        var wanted: [DraftPlace: Draft] = [:]
        let form = layers.lazy.compactMap { $0 as? FormLayer }.last?.draft(of: signedIn)
        let demands = (pane(CallPane.self)?.typed ?? []).map { Draft(demand: $0.text, in: $0.call, of: signedIn) }
        for draft in demands + [form].compactMap({ $0 }) { wanted[draft.place] = draft }
        let places = Set(wanted.keys).union(keptDrafts.keys.filter { $0.staff == signedIn })
        let changed = places.filter { wanted[$0] != keptDrafts[$0] }
        for place in changed { keptDrafts[place] = wanted[place] }
        return changed.map { .keepDraft(wanted[$0], at: $0) }
    }
}
