/// The form or field that a stored draft belongs to; each holds one draft.
struct DraftPlace: Hashable, Sendable {
    let staff: String
    /// The key that a pane gives to text typed in it, or the number of a further form; `nil` for the first form.
    var key: String?
}
