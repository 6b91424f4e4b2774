import Glibc
import Screen

/// Encodes pictures as the shortest bytes that change the terminal's screen into them.
///
/// Only cells that differ from the last picture are sent. The terminal's pen, cursor and contents are known from what was
/// sent before; ``invalidate()`` forgets them, and the next picture clears the screen and sends everything.
struct PictureEncoder {
    var palette: Palette
    private let capabilities: Capabilities
    private let encoding: CellEncoding
    private var penChange: PenChange
    private var cursor: CursorMotion
    /// What the terminal shows; `nil` if that is unknown.
    private var shown: Grid?
    private var screen = Size(width: 0, height: 0)
    private var pen: Pen?
    private var showsCursor: Bool?
    private var output: [UInt8] = []

    init(palette: Palette, measure: TextWidth, _ capabilities: Capabilities) {
        self.palette = palette
        self.capabilities = capabilities
        encoding = CellEncoding(measure: measure)
        penChange = PenChange(capabilities)
        cursor = CursorMotion(capabilities)
    }

    /// Makes the next picture clear the screen and be sent completely.
    mutating func invalidate() {
        (shown, pen, showsCursor) = (nil, nil, nil)
        cursor.place = nil
    }

    /// The bytes that show `grid` on a terminal of the size `screen`. What does not fit there is left out.
    mutating func encode(_ grid: Grid, on screen: Size) -> [UInt8] {
        output.removeAll(keepingCapacity: true)
        if shown?.size != grid.size || self.screen != screen { invalidate() }
        self.screen = screen
        let old = shown ?? cleared(grid)
        let width = min(grid.size.width, screen.width)
        old.withCells { old in
            grid.withCells { new in
                guard let old = old.baseAddress, let new = new.baseAddress else { return }
                for y in 0..<min(grid.size.height, screen.height) where width > 0 {
                    let (old, new) = (old + y * grid.size.width, new + y * grid.size.width)
                    if memcmp(old, new, width * MemoryLayout<Cell>.stride) != 0 {
                        encodeRow(
                            y, from: UnsafeBufferPointer(start: old, count: width),
                            to: UnsafeBufferPointer(start: new, count: width))
                    }
                }
            }
        }
        shown = grid
        place(grid.cursor.flatMap { grid.bounds.contains($0) && Rect(screen).contains($0) ? $0 : nil })
        let definitions = palette.takeDefinitions()
        return definitions.isEmpty ? output : definitions + output
    }

    /// Clears the screen and returns the picture that it shows then.
    private mutating func cleared(_ grid: Grid) -> Grid {
        let blank = Grid(size: grid.size, measure: grid.measure)
        let ground = palette.pen(for: PackedStyle(Style(.text, on: .plain)))
        let isErasable = canErase(ground)
        set(isErasable ? ground : .plain)
        output += capabilities.clear
        cursor.place = Point(x: 0, y: 0)
        guard !isErasable else { return blank }
        // No cell of a grid has a style without a ground, so every cell differs.
        var unknown = blank
        unknown.restyle(unknown.bounds) { $0.ground = nil }
        return unknown
    }

    private mutating func encodeRow(_ y: Int, from old: UnsafeBufferPointer<Cell>, to new: UnsafeBufferPointer<Cell>) {
        var (x, written) = (0, -1)
        while x < new.count {
            if PictureEncoder.same(old[x], new[x]) {
                x += 1
                continue
            }
            if x != written { reach(x, y, in: new) }
            if let end = erase(from: x, old, new) {
                x = end
            } else {
                x += put(new[x], x, y)
                written = x
            }
        }
    }

    /// Moves the cursor to a column, by sending the unchanged cells before it again if that is not longer.
    private mutating func reach(_ x: Int, _ y: Int, in row: UnsafeBufferPointer<Cell>) {
        if let place = cursor.place, place.y == y, place.x < x, x - place.x <= 4, cursor.isCertain, let pen {
            let limit = cursor.length(to: Point(x: x, y: y))
            let start = output.count
            var (column, isRepeated) = (place.x, true)
            while column < x, isRepeated, output.count - start <= limit {
                let cell = row[column]
                let look = palette.pen(for: cell.packedStyle)
                let wanted = cell.glyph == 0x20 ? look.blank(after: pen) : look
                isRepeated = cell.width > 0 && wanted == pen && CellEncoding.isCertain(cell)
                if isRepeated { encoding.append(cell, to: &output) }
                column += Int(cell.width)
            }
            if isRepeated, output.count - start <= limit {
                cursor.place?.x = column
                return
            }
            output.removeLast(output.count - start)
        }
        cursor.move(to: Point(x: x, y: y), &output)
    }

    /// Erases blanks from a column on, if that is shorter than sending them; returns the column after them.
    private mutating func erase(
        from x: Int, _ old: UnsafeBufferPointer<Cell>, _ new: UnsafeBufferPointer<Cell>
    ) -> Int? {
        let cell = new[x]
        guard cell.glyph == 0x20, capabilities.hasEraseLine || capabilities.hasEraseCharacters else { return nil }
        var (end, changed) = (x, x)
        while end < new.count, PictureEncoder.same(new[end], cell) {
            end += 1
            if !PictureEncoder.same(old[end - 1], cell) { changed = end }
        }
        let look = palette.pen(for: cell.packedStyle)
        guard changed - x > 3, canErase(look) else { return nil }
        if capabilities.hasEraseLine, end == screen.width {
            set(look.blank(after: pen ?? look))
            output += "\u{1B}[K".utf8
            return end
        }
        // Nine columns and more pay for the sequence and for moving the cursor past them.
        guard capabilities.hasEraseCharacters, changed - x > 9 else { return nil }
        set(look.blank(after: pen ?? look))
        output += "\u{1B}[\(changed - x)X".utf8
        return changed
    }

    /// Whether erased cells look like blanks of this pen.
    private func canErase(_ pen: Pen) -> Bool {
        !pen.marksBlanks && (pen.background < 0 || capabilities.erasesWithBackground)
    }

    /// Sends a cell and returns its columns.
    private mutating func put(_ cell: Cell, _ x: Int, _ y: Int) -> Int {
        let width = max(1, Int(cell.width))
        let end = x + width
        if end >= screen.width, y == screen.height - 1, capabilities.scrollsAtEnd { return width }
        let look = palette.pen(for: cell.packedStyle)
        // If the screen is narrower than the grid, a wide character may cross its edge.
        if cell.glyph == 0x20 || end > screen.width {
            set(look.blank(after: pen ?? look))
            output.append(0x20)
        } else {
            set(look)
            encoding.append(cell, to: &output)
            if !CellEncoding.isCertain(cell) { cursor.isCertain = false }
        }
        // In the last column the cursor may wait there or stand in the next row.
        if end < screen.width { cursor.place?.x = end } else { cursor.place = nil }
        return width
    }

    private mutating func set(_ new: Pen) {
        if new == pen { return }
        output += penChange.bytes(from: pen, to: new)
        pen = new
    }

    /// Places and shows the cursor, or hides it.
    private mutating func place(_ point: Point?) {
        if let point { cursor.move(to: point, &output) }
        if showsCursor == (point != nil) { return }
        output += point == nil ? capabilities.hideCursor : capabilities.showCursor
        showsCursor = point != nil
    }

    @inline(__always)
    private static func same(_ one: Cell, _ other: Cell) -> Bool {
        one.glyph == other.glyph && one.packedStyle.rawValue == other.packedStyle.rawValue && one.width == other.width
    }
}
