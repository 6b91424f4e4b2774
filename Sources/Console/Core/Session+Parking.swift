import Estate
import Screen

/// Layers that were set aside with all that is typed in them, and the window that had the focus.
struct ParkedLayers {
    var layers: [any Layer]
    let focus: String
}

/// The phone comes first: what is half filled in makes room for something urgent and comes back after it.
extension Session {
    /// Whether a window has something urgent to show, and the key that attends to it there.
    func urgentBadge(ofWindow name: String, _ context: Context) -> Badge? {
        guard let window = windows.first(where: { $0.name == name }) else { return nil }
        return window.tabs.lazy.flatMap { $0.pane.badges(context, inSight: false) }.first(where: \.isUrgent)
    }

    /// Sets the open layers aside.
    mutating func park(_ context: Context) {
        parked.append(ParkedLayers(layers: layers, focus: focus))
        layers = []
        let key = context.keys.key(of: "drafts")
        say(
            context(
                Label("所填内容已存起，忙完自动取回（\(key) 现在取回）", en: "what was filled in is set aside; \(key) brings it back now")),
            context)
    }

    /// Brings back the layers that were parked last, as they were.
    mutating func unpark(_ context: Context) {
        guard var last = parked.popLast() else { return }
        for index in last.layers.indices {
            last.layers[index].refresh(context)
            last.layers[index].appear(context, after: lastKey)
        }
        layers += last.layers
        focus = last.focus
    }

    /// The same, once no pane is busy, nothing else is open, and no result is to come, which would be taken for theirs.
    mutating func unparkIfFree(_ context: Context) {
        if layers.isEmpty, !parked.isEmpty, !isAwaitingResult, !panes.contains(where: { $0.busyReason(context) != nil })
        {
            unpark(context)
        }
    }

    /// The forms that are open or parked, the oldest first.
    var forms: [FormLayer] { (parked.flatMap(\.layers) + layers).compactMap { $0 as? FormLayer } }
}
