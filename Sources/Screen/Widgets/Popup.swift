/// A layer in the middle of the screen: clears its place and frames it.
public struct Popup: Widget, Sendable {
    public var frame: Frame
    /// The size wished for, frame included; less where the screen is smaller.
    public var size: Size

    public init(_ frame: Frame, size: Size) {
        self.frame = frame
        self.size = size
    }

    /// Where the popup lies on a screen.
    public func rect(in screen: Rect) -> Rect { screen.centred(size) }

    /// Where its content goes, with a blank column at each side.
    public func inner(in screen: Rect) -> Rect { frame.inner(rect(in: screen)).inset(horizontal: 1) }

    public func draw(into grid: inout Grid, rect screen: Rect) {
        let place = rect(in: screen)
        grid.clear(place, style: Style(.text, on: .popup))
        frame.draw(into: &grid, rect: place)
    }
}
