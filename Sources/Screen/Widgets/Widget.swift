/// Something that draws itself into a rectangle of a grid. A widget is a value made for one drawing; it holds no state.
public protocol Widget {
    /// Draws within `rect` and never outside it. Any size is allowed, even none.
    func draw(into grid: inout Grid, rect: Rect)
}
