import Screen

/// The terminal's cursor, and the shortest sequence that moves it.
struct CursorMotion {
    private let capabilities: Capabilities
    /// Where the cursor stands; `nil` if that is unknown.
    var place: Point? {
        didSet { if place == nil { isCertain = false } }
    }
    /// Whether the column is the same in every terminal: none disagrees on the width of what was written since the last
    /// absolute position. If not, no relative form is used.
    var isCertain = false

    private enum Form {
        case none, carriageReturn, position, column
        case forward(Int), up(Int), down(Int)
        case returnAndDown(Int)
    }

    init(_ capabilities: Capabilities) {
        self.capabilities = capabilities
    }

    /// Appends the shortest sequence to `point`.
    mutating func move(to point: Point, _ output: inout [UInt8]) {
        let form = shortest(to: point).form
        switch form {
        case .none: break
        case .carriageReturn: output.append(0x0D)
        case .position:
            if !capabilities.hasANSIMoves {
                output += capabilities.moves(point.y, point.x)
            } else if point.x > 0 {
                output += "\u{1B}[\(point.y + 1);\(point.x + 1)H".utf8
            } else {
                CursorMotion.append(point.y, "H", &output)
            }
        case .column: output += "\u{1B}[\(point.x + 1)G".utf8
        case .forward(let count): CursorMotion.append(count - 1, "C", &output)
        case .up(let count): CursorMotion.append(count - 1, "A", &output)
        case .down(let count): CursorMotion.append(count - 1, "B", &output)
        case .returnAndDown(let count):
            output.append(0x0D)
            CursorMotion.append(count - 1, "B", &output)
        }
        switch form {
        case .carriageReturn, .position, .column, .returnAndDown: isCertain = true
        case .none, .forward, .up, .down: break
        }
        if place != point { place = point }
    }

    /// The bytes of the shortest sequence to `point`.
    func length(to point: Point) -> Int { shortest(to: point).length }

    private func shortest(to point: Point) -> (form: Form, length: Int) {
        let column = CursorMotion.digits(point.x)
        var best: (form: Form, length: Int) = (
            .position,
            3 + (point.x == 0 ? CursorMotion.digits(orNone: point.y) : CursorMotion.digits(point.y) + column + 1)
        )
        guard let place, capabilities.hasANSIMoves else { return best }
        func consider(_ form: Form, _ length: Int) { if length < best.length { best = (form, length) } }
        func relative(_ count: Int) -> Int { 3 + CursorMotion.digits(orNone: count - 1) }
        if place.y == point.y {
            if place.x == point.x, isCertain { return (.none, 0) }
            if point.x == 0 { consider(.carriageReturn, 1) }
            if capabilities.hasColumn { consider(.column, 3 + column) }
            let ahead = point.x - place.x
            if ahead > 0, isCertain, capabilities.hasForward { consider(.forward(ahead), relative(ahead)) }
        } else if capabilities.hasVertical {
            let below = point.y - place.y
            if place.x == point.x, isCertain {
                consider(below > 0 ? .down(below) : .up(-below), relative(abs(below)))
            }
            if point.x == 0, below > 0 { consider(.returnAndDown(below), 1 + relative(below)) }
        }
        return best
    }

    /// Appends `CSI number + 1 letter`, where 1 is left out.
    private static func append(_ number: Int, _ letter: String, _ output: inout [UInt8]) {
        output += (number == 0 ? "\u{1B}[\(letter)" : "\u{1B}[\(number + 1)\(letter)").utf8
    }

    /// The digits of `number` + 1.
    private static func digits(_ number: Int) -> Int { number < 9 ? 1 : number < 99 ? 2 : number < 999 ? 3 : 4 }

    /// The digits of `number` + 1; none for 1.
    private static func digits(orNone number: Int) -> Int { number == 0 ? 0 : digits(number) }
}
