import Screen

extension Session {
    /// A click on a hint acts as its key; a tab, pane or row it selects. The wheel scrolls the pane under the pointer.
    mutating func use(_ mouse: Mouse, _ context: Context) -> [Effect] {
        let isClick = mouse.action == .press(.left)
        if isClick, mouse.position.y == size.height - 1 { return clickHint(at: mouse.position, context) }
        if let top = layers.indices.last {
            let result = layers[top].handle(mouse, in: Rect(size), measure, context)
            return follow(result, at: top, context)
        }
        let places = places
        let isAlone = places.count == 1
        if isAlone, isClick, mouse.position.y == body.y {
            let hit = windowBar(context).places(in: body.row(0), measure).first { $0.rect.contains(mouse.position) }
            if let hit { focus = windowsOnKeys(context)[hit.index].name }
            return []
        }
        guard let place = places.first(where: { $0.rect.contains(mouse.position) }),
            let pane = windows.first(where: { $0.name == place.window })?.pane.name
        else { return [] }
        switch mouse.action {
        case .press(.left):
            let hadFocus = focus == place.window
            focus = place.window
            // A window that stands alone has the window bar above it.
            let rect = isAlone ? place.rect.inset(top: 1) : place.rect
            let key = change(pane) { $0.click(at: mouse.position, in: rect) } ?? nil
            // Without the focus the pane does not show its selection, so the first click cannot mean a key.
            return hadFocus ? key.map { press($0, context) } ?? [] : []
        case .wheelUp, .wheelDown: _ = change(pane) { $0.scroll(by: mouse.action == .wheelUp ? -1 : 1) }
        default: break
        }
        return []
    }

    private mutating func clickHint(at point: Point, _ context: Context) -> [Effect] {
        let hints = hints(context)
        let bar = Rect(size).row(size.height - 1)
        let hit = KeyHints(hints).places(in: bar, measure).first { $0.rect.contains(point) }
        return hit.flatMap { Key(hints[$0.index].key) }.map { press($0, context) } ?? []
    }
}
