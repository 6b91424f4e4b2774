import Estate
import Journal

/// Telephone numbers that are plainly nobody's: four noughts in the middle, each given out once.
struct Telephones {
    private var dice: Dice
    private var taken: Set<String> = []

    init(dice: Dice) { self.dice = dice }

    mutating func next() throws -> Phone {
        while true {
            let tail = String(10000 + dice.below(10000)).dropFirst()
            let text = "1\(dice.between(30...99))0000\(tail)"
            if taken.insert(text).inserted { return try Phone(text: text, zone: .shanghai) }
        }
    }
}

/// Number plates: blue and new energy, mostly of the place, each given out once.
struct Plates {
    private static let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ").map(String.init)
    private static let provinces: [(String, weight: Int)] = [
        ("京", 70), ("冀", 9), ("津", 5), ("鲁", 3), ("豫", 3), ("粤", 3), ("沪", 2), ("晋", 2), ("蒙", 1), ("川", 1), ("浙", 1),
    ]

    private var dice: Dice
    private var taken: Set<String> = []

    init(dice: Dice) { self.dice = dice }

    private mutating func digits(_ count: Int) -> String { (0..<count).map { _ in String(dice.below(10)) }.joined() }

    private mutating func text() -> String {
        let office = dice.pick(Self.provinces) + dice.pick(Self.letters)
        if dice.chance(26) {
            if dice.chance(6) { return office + digits(5) + dice.pick(["D", "F"]) }
            return office + dice.pick(["D", "D", "D", "F", "A", "G", "K"])
                + (dice.chance(20) ? dice.pick(Self.letters) : digits(1)) + digits(4)
        }
        switch dice.below(10) {
        case 0..<4: return office + dice.pick(Self.letters) + digits(4)
        case 4..<6: return office + digits(1) + dice.pick(Self.letters) + digits(3)
        case 6..<8: return office + dice.pick(Self.letters) + dice.pick(Self.letters) + digits(3)
        case 8: return office + digits(2) + dice.pick(Self.letters) + dice.pick(Self.letters) + digits(1)
        default: return office + digits(5)
        }
    }

    mutating func next() throws -> Plate {
        while true {
            let plate = text()
            if taken.insert(plate).inserted { return try Plate(text: plate, zone: .shanghai) }
        }
    }

    /// A visitor's plate as a guard in a hurry types it; a few fit nothing.
    mutating func typed() throws -> Plate {
        let plate = text()
        let head = plate.prefix(2)
        let tail = plate.dropFirst(2)
        let typed =
            switch dice.below(100) {
            case 0..<8: "\(head)·\(tail)"
            case 8..<14: plate.lowercased()
            case 14..<18: "\(head) \(tail)"
            case 18..<20: "\(head)－\(tail)".replacing("0", with: "０")
            case 20..<22: dice.pick(["无牌", "临时牌", "看不清"])
            case 22..<24: String(plate.dropLast(2))
            case 24: "临\(plate)"
            default: plate
            }
        return try Plate(text: typed, zone: .shanghai)
    }
}
