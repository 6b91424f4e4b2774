import Screen

/// A model of a terminal: applies bytes to a screen of cells. What it does not know is an error.
struct VirtualTerminal {
    struct Cell: Equatable {
        /// Empty in the second column of a wide character.
        var text = " "
        var look = Look()
    }

    /// Colours: -1 is the default, 0…255 an index, from `direct` on 0xRRGGBB.
    struct Look: Equatable {
        var foreground = -1
        var background = -1
        var attributes: Attributes = []
    }

    static let direct = 1 << 24

    let size: Size
    let measure: TextWidth
    /// Whether erased cells get the background colour.
    let erasesWithBackground: Bool
    /// Whether the cursor waits in the last column until the next character (`xenl`).
    var waitsAtEnd = true
    private(set) var cells: [Cell]
    private(set) var cursor = Point(x: 0, y: 0)
    private(set) var showsCursor = true
    private(set) var hasScrolled = false
    private(set) var errors: [String] = []
    /// Redefined palette colours.
    private(set) var palette: [Int: String] = [:]
    private var isWaiting = false
    private var look = Look()

    init(size: Size, measure: TextWidth, erasesWithBackground: Bool) {
        (self.size, self.measure, self.erasesWithBackground) = (size, measure, erasesWithBackground)
        cells = Array(repeating: Cell(), count: size.width * size.height)
    }

    subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    var lines: [String] {
        (0..<size.height).map { y in cells[y * size.width..<(y + 1) * size.width].map(\.text).joined() }
    }

    mutating func apply(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            errors.append("invalid UTF-8")
            return
        }
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar.value {
            case 0x1B: escape(&rest)
            case 0x0D: (cursor.x, isWaiting) = (0, false)
            case 0x0E, 0x0F: break
            case ..<0x20, 0x7F...0x9F: errors.append("control character \(scalar.value)")
            default: put(scalar)
            }
        }
    }

    private mutating func escape(_ rest: inout Substring.UnicodeScalarView) {
        switch rest.popFirst() {
        case "[":
            let isPrivate = rest.first == "?"
            if isPrivate { rest.removeFirst() }
            let parameters = String(rest.prefix { (0x30...0x3B).contains($0.value) })
            rest = rest.dropFirst(parameters.unicodeScalars.count)
            guard let final = rest.popFirst() else { return errors.append("unfinished sequence") }
            isPrivate ? mode(parameters, final) : control(parameters, final)
        case "]":
            let body = String(rest.prefix { $0.value >= 0x20 && $0.value != 0x5C })
            rest = rest.dropFirst(body.unicodeScalars.count)
            if rest.popFirst() == "\u{1B}" { rest.removeFirst() }
            let parts = body.split(separator: ";")
            guard parts.count == 3, parts[0] == "4", let index = Int(parts[1]) else { return errors.append(body) }
            palette[index] = String(parts[2])
        case "(": rest.removeFirst()
        case let other: errors.append("ESC \(other.map(String.init) ?? "")")
        }
    }

    private mutating func mode(_ parameters: String, _ final: Unicode.Scalar) {
        switch (parameters, final) {
        case ("25", "h"): showsCursor = true
        case ("25", "l"): showsCursor = false
        case ("12", _), ("25;12", _), ("12;25", _): break
        // The Linux console's shape of the cursor.
        default: if final != "c" { errors.append("CSI ? \(parameters) \(final)") }
        }
    }

    private mutating func control(_ parameters: String, _ final: Unicode.Scalar) {
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = numbers.first ?? 0
        let count = max(1, first)
        if final != "m" { isWaiting = false }
        switch final {
        case "m": select(parameters)
        case "H": cursor = clamped(Point(x: (numbers.count > 1 ? max(1, numbers[1]) : 1) - 1, y: count - 1))
        case "G": cursor = clamped(Point(x: count - 1, y: cursor.y))
        case "A": cursor = clamped(Point(x: cursor.x, y: cursor.y - count))
        case "B": cursor = clamped(Point(x: cursor.x, y: cursor.y + count))
        case "C": cursor = clamped(Point(x: cursor.x + count, y: cursor.y))
        case "K" where first == 0: erase(cursor.x..<size.width, in: cursor.y)
        case "X": erase(cursor.x..<min(size.width, cursor.x + count), in: cursor.y)
        case "J":
            let start = first == 2 ? 0 : cursor.y
            if first == 0 { erase(cursor.x..<size.width, in: cursor.y) }
            for y in (first == 0 ? start + 1 : start)..<max(size.height, start + 1) where y < size.height {
                erase(0..<size.width, in: y)
            }
        // The shape of the cursor.
        case "h", "l": if first != 34 { errors.append("CSI \(parameters) \(final)") }
        default: errors.append("CSI \(parameters) \(final)")
        }
    }

    private func clamped(_ point: Point) -> Point {
        Point(x: min(size.width - 1, max(0, point.x)), y: min(size.height - 1, max(0, point.y)))
    }

    private mutating func select(_ parameters: String) {
        var parts = parameters.split(separator: ";", omittingEmptySubsequences: false).map(String.init)[...]
        while let part = parts.popFirst() {
            switch Int(part) ?? 0 {
            case 0: look = Look()
            case 1: look.attributes.insert(.bold)
            case 2: look.attributes.insert(.dim)
            case 3: look.attributes.insert(.italic)
            case 4: look.attributes.insert(.underline)
            case 7: look.attributes.insert(.reverse)
            case 10: break
            case 22: look.attributes.subtract([.bold, .dim])
            case 23: look.attributes.remove(.italic)
            case 24: look.attributes.remove(.underline)
            case 27: look.attributes.remove(.reverse)
            case let code where (30...37).contains(code): look.foreground = code - 30
            case let code where (90...97).contains(code): look.foreground = code - 82
            case let code where (40...47).contains(code): look.background = code - 40
            case let code where (100...107).contains(code): look.background = code - 92
            case 38: look.foreground = color(&parts)
            case 48: look.background = color(&parts)
            case 39: look.foreground = -1
            case 49: look.background = -1
            default: errors.append("SGR \(part)")
            }
        }
    }

    private mutating func color(_ parts: inout ArraySlice<String>) -> Int {
        let kind = parts.popFirst()
        func next() -> Int { parts.popFirst().flatMap { Int($0) } ?? -1 }
        if kind == "5" { return next() }
        if kind != "2" { errors.append("colour \(kind ?? "")") }
        let (red, green, blue) = (next(), next(), next())
        return VirtualTerminal.direct + (red << 16 | green << 8 | blue)
    }

    private mutating func erase(_ columns: Range<Int>, in y: Int) {
        for x in columns {
            clearPartner(of: x, y)
            let background = erasesWithBackground ? look.background : -1
            cells[y * size.width + x] = Cell(look: Look(background: background))
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = measure.width(of: scalar)
        if width == 0 {
            // A mark belongs to the character before the cursor.
            var x = isWaiting ? cursor.x : cursor.x - 1
            if x > 0, self[x, cursor.y].text.isEmpty { x -= 1 }
            guard x >= 0 else { return errors.append("a mark without a character") }
            cells[cursor.y * size.width + x].text.unicodeScalars.append(scalar)
            return
        }
        if isWaiting || cursor.x + width > size.width { newLine() }
        for offset in 0..<width {
            clearPartner(of: cursor.x + offset, cursor.y)
            let text = offset == 0 ? String(Character(scalar)) : ""
            cells[cursor.y * size.width + cursor.x + offset] = Cell(text: text, look: look)
        }
        cursor.x += width
        guard cursor.x == size.width else { return }
        if waitsAtEnd {
            (cursor.x, isWaiting) = (size.width - 1, true)
        } else {
            newLine()
        }
    }

    private mutating func newLine() {
        (cursor.x, isWaiting) = (0, false)
        if cursor.y == size.height - 1 { hasScrolled = true } else { cursor.y += 1 }
    }

    /// Overwriting half of a wide character blanks the other half.
    private mutating func clearPartner(of x: Int, _ y: Int) {
        let index = y * size.width + x
        if cells[index].text.isEmpty, x > 0 { cells[index - 1].text = " " }
        if x + 1 < size.width, !cells[index].text.isEmpty, cells[index + 1].text.isEmpty { cells[index + 1].text = " " }
    }
}
