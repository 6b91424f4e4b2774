import Screen

/// The panes as they were drawn last. A key that moves about in one of them leaves the others as they are: they are kept, and
/// only that one is drawn anew.
struct Backdrop {
    /// What the panes' picture depends on, besides the panes themselves.
    struct Scene: Equatable {
        let size: Size
        let measure: TextWidth
        let panes: [String]
        let rects: [Rect]
        /// The pane that has the keyboard, unless a layer has it.
        let focus: String?
        /// Times are told by how long ago they were.
        let second: Int64
    }

    let scene: Scene
    let grid: Grid
}
