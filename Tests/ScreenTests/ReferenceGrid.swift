import Screen

/// A second way to draw text, one character after another: what ``Grid`` must show.
struct ReferenceGrid {
    struct Cell: Equatable {
        var text: String
        var width: Int
        var style: Style
    }

    let size: Size
    let measure: TextWidth
    var clip: Rect
    private(set) var cells: [Cell]

    init(size: Size, measure: TextWidth) {
        (self.size, self.measure, clip) = (size, measure, Rect(size))
        let blank = Cell(text: " ", width: 1, style: Style(.text, on: .plain))
        cells = Array(repeating: blank, count: size.width * size.height)
    }

    mutating func put(_ text: String, at point: Point, style: Style, maxWidth: Int) {
        var x = point.x
        for shown in VisibleText.visible(text) where x < point.x + maxWidth {
            let width = measure.width(of: shown)
            let fits = x + width <= point.x + maxWidth
            set(fits ? String(shown) : " ", width: fits ? width : 1, x: x, y: point.y, style: style)
            x += fits ? width : 1
        }
    }

    mutating func clear(_ rect: Rect, style: Style) {
        let area = rect.intersection(clip)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { set(" ", width: 1, x: x, y: y, style: style) }
        }
    }

    mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = rect.intersection(clip)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                let index = y * size.width + x
                if cells[index].width == 0, x > area.x { continue }
                let start = cells[index].width == 0 ? index - 1 : index
                change(&cells[start].style)
                if cells[start].width == 2 { cells[start + 1].style = cells[start].style }
            }
        }
    }

    private mutating func set(_ text: String, width: Int, x: Int, y: Int, style: Style) {
        guard y >= clip.y, y < clip.maxY, x < clip.maxX, x + width > clip.x else { return }
        if x < clip.x || x + width > clip.maxX {
            for column in max(x, clip.x)..<min(x + width, clip.maxX) {
                set(" ", width: 1, x: column, y: y, style: style)
            }
            return
        }
        let index = y * size.width + x
        var style = style
        style.ground = style.ground ?? cells[index].style.ground
        if cells[index].width == 0 { blank(index - 1) }
        let last = index + width - 1
        if cells[last].width == 2 { blank(last + 1) }
        cells[index] = Cell(text: text, width: width, style: style)
        if width == 2 { cells[index + 1] = Cell(text: "", width: 0, style: style) }
    }

    private mutating func blank(_ index: Int) { cells[index] = Cell(text: " ", width: 1, style: cells[index].style) }
}

extension Grid {
    /// Whether all cells have the text, by its bytes, the width and the style of the reference.
    func equals(_ other: ReferenceGrid) -> Bool {
        size == other.size
            && (0..<size.width * size.height).allSatisfy { index in
                let (cell, wanted) = (self[index % size.width, index / size.width], other.cells[index])
                return cell.text.utf8.elementsEqual(wanted.text.utf8) && Int(cell.width) == wanted.width
                    && cell.style == wanted.style
            }
    }
}
