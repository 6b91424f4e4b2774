/// A row of tab titles with the selected one highlighted: ` F2 通话 │ F3 回访 `.
public struct Tabs: Widget, Sendable {
    public var titles: [Line]
    public var selection: Int

    public init(_ titles: [Line], selection: Int) {
        self.titles = titles
        self.selection = selection
    }

    /// Index and rectangle of each visible tab. Tabs at the left are scrolled out until the selected one fits.
    public func places(in rect: Rect, _ measure: TextWidth) -> [(index: Int, rect: Rect)] {
        let widths = titles.map { $0.width(measure) + 2 }
        var first = 0
        while first < selection, first < titles.count,
            widths[first...min(selection, widths.count - 1)].reduce(selection - first, +) > rect.width
        {
            first += 1
        }
        var x = rect.x
        var places: [(index: Int, rect: Rect)] = []
        for index in titles.indices.dropFirst(first) where x < rect.maxX {
            let width = min(widths[index], rect.maxX - x)
            places.append((index, Rect(x: x, y: rect.y, width: width, height: min(1, rect.height))))
            x += width + 1
        }
        return places
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        let bar = rect.row(0)
        let places = places(in: bar, grid.measure)
        for (place, next) in zip(places, places.dropFirst().map(\.rect) + [nil]) {
            if place.index == selection { grid.restyle(place.rect) { $0.ground = .selected } }
            grid.put(titles[place.index], in: place.rect.inset(horizontal: 1))
            if let next {
                grid.put(grid.glyphs.vertical, at: Point(x: next.x - 1, y: next.y), style: Style(.frame))
            }
        }
    }
}
