import Screen

/// The last picture of the panes. While its scene is unchanged, only the focused pane is drawn again.
struct PaneCache {
    /// The inputs of the picture besides the contents of the panes.
    struct Scene: Equatable {
        let size: Size
        let measure: TextWidth
        let windows: [String]
        let rects: [Rect]
        /// The window with the keyboard focus; `nil` while a layer has it.
        let focus: String?
        /// The pictures show elapsed times.
        let second: Int64
    }

    let scene: Scene
    let grid: Grid
}
