/// The form or field that a stored draft belongs to; each holds one draft.
struct DraftPlace: Hashable, Sendable {
    let staff: String
    /// The key that a pane gives to text typed in it; `nil` for a form.
    var key: String?
}
