import Screen

extension Session {
    /// A click on a hint is as good as its key; on a tab, a pane or a row it goes there. The wheel moves what is under it.
    mutating func use(_ mouse: Mouse, _ context: Context) -> [Effect] {
        let isClick = mouse.action == .press(.left)
        if isClick, mouse.position.y == size.height - 1 { return clickHint(at: mouse.position, context) }
        if let top = layers.indices.last {
            let answer = layers[top].handle(mouse, in: Rect(size), measure, context)
            return follow(answer, at: top, context)
        }
        let places = places
        let isAlone = places.count == 1
        if isAlone, isClick, mouse.position.y == body.y {
            let hit = tabs(context).places(in: body.row(0), measure).first { $0.rect.contains(mouse.position) }
            if let hit { focus = panes[hit.index].name }
            return []
        }
        guard let place = places.first(where: { $0.rect.contains(mouse.position) }),
            let index = panes.firstIndex(where: { $0.name == place.pane })
        else { return [] }
        switch mouse.action {
        case .press(.left):
            let hadFocus = focus == place.pane
            focus = place.pane
            // Alone, it leaves the first row to the tabs.
            let isAgain = panes[index].click(at: mouse.position, in: isAlone ? place.rect.inset(top: 1) : place.rect)
            // What is selected in a pane that had no focus was not to be seen.
            return isAgain && hadFocus ? press(.enter, context) : []
        case .wheelUp, .wheelDown: panes[index].scroll(by: mouse.action == .wheelUp ? -1 : 1)
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
