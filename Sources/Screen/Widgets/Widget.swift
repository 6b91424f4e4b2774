/// A view drawn into a rectangle of a grid. A widget is a value created for one drawing and keeps no state between two.
public protocol Widget {
    /// Draws within `rect` only. Any size is allowed, including an empty one.
    func draw(into grid: inout Grid, rect: Rect)
}
