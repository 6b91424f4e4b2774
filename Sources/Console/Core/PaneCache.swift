import Estate
import Screen
import struct Journal.Moment

/// The last picture of the panes, the status bar and the hints. Only what has changed since is drawn again.
struct PaneCache {
    /// What the picture of one pane was made of, besides the pane's contents.
    struct Scene: Equatable {
        let window: String
        let rect: Rect
        let isFocused: Bool
        /// The window's key.
        let key: String
        /// ``Window/changes``.
        var changes: Int
        /// The second of a picture that shows running seconds.
        let second: Moment?
    }

    /// What the status bar was made of.
    struct Status: Equatable {
        let estate: String
        let parked: Int
        let alarm: Label?
        let hub: HubWords?
        let member: StaffMember?
        let badges: [Badge]
        let verifying: Double?
        let minute: Moment
    }

    let member: String?
    var scenes: [Scene]
    /// The tabs of the window bar; empty if there is none.
    var bar: [Line] = []
    var status: Status?
    var hints: [KeyHint]?
    var grid: Grid

    /// Whether the picture has the same outlines, so that its parts can be kept.
    func fits(_ scenes: [Scene], of member: String?, in grid: Grid) -> Bool {
        self.member == member && self.grid.size == grid.size && self.grid.measure == grid.measure
            && self.scenes.map(\.rect) == scenes.map(\.rect)
    }
}
