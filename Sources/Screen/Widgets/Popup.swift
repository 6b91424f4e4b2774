/// A framed, cleared area in the centre of the screen.
public struct Popup: Widget, Sendable {
    public var frame: Frame
    /// Preferred size including the frame; reduced to that of the screen.
    public var size: Size

    public init(title: Line = Line([]), trailing: Line = Line([]), size: Size) {
        frame = Frame(title: title, trailing: trailing, isFocused: true)
        self.size = size
    }

    /// The popup's rectangle on a screen.
    public func rect(in screen: Rect) -> Rect { screen.centred(size) }

    /// The rectangle of its content, inside the frame and a blank column at each side.
    public func inner(in screen: Rect) -> Rect { frame.inner(rect(in: screen)).inset(horizontal: 1) }

    public func draw(into grid: inout Grid, rect screen: Rect) {
        let place = rect(in: screen)
        grid.clear(place, style: Style(.text, on: .popup))
        frame.draw(into: &grid, rect: place)
    }
}
