import Estate
import Journal

/// Telephone numbers that belong to no one: 0000 in the middle. Each is used once.
struct PhoneNumbers {
    private var random: SeededGenerator
    private var taken: Set<String> = []

    init(random: SeededGenerator) { self.random = random }

    mutating func next() throws -> Phone {
        while true {
            let tail = String(10000 + random.below(10000)).dropFirst()
            let text = "1\(random.between(30...99))0000\(tail)"
            if taken.insert(text).inserted { return try Phone(text: text, zone: .shanghai) }
        }
    }
}

/// Number plates of conventional and new-energy vehicles, 70 % of them local. Each of ``next()`` is used once.
struct PlateNumbers {
    private static let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ").map(String.init)
    private static let provinces: [(String, weight: Int)] = [
        ("京", 70), ("冀", 9), ("津", 5), ("鲁", 3), ("豫", 3), ("粤", 3), ("沪", 2), ("晋", 2), ("蒙", 1), ("川", 1), ("浙", 1),
    ]

    private var random: SeededGenerator
    private var taken: Set<String> = []

    init(random: SeededGenerator) { self.random = random }

    private mutating func digits(_ count: Int) -> String { (0..<count).map { _ in String(random.below(10)) }.joined() }

    private mutating func text() -> String {
        let office = random.pick(Self.provinces) + random.pick(Self.letters)
        if random.chance(26) {
            if random.chance(6) { return office + digits(5) + random.pick(["D", "F"]) }
            return office + random.pick(["D", "D", "D", "F", "A", "G", "K"])
                + (random.chance(20) ? random.pick(Self.letters) : digits(1)) + digits(4)
        }
        switch random.below(10) {
        case 0..<4: return office + random.pick(Self.letters) + digits(4)
        case 4..<6: return office + digits(1) + random.pick(Self.letters) + digits(3)
        case 6..<8: return office + random.pick(Self.letters) + random.pick(Self.letters) + digits(3)
        case 8: return office + digits(2) + random.pick(Self.letters) + random.pick(Self.letters) + digits(1)
        default: return office + digits(5)
        }
    }

    mutating func next() throws -> Plate {
        while true {
            let plate = text()
            if taken.insert(plate).inserted { return try Plate(text: plate, zone: .shanghai) }
        }
    }

    /// A visitor's plate as a guard might type it: with separators, in lower case or full-width, a few unreadable or incomplete.
    mutating func typed() throws -> Plate {
        let plate = text()
        let head = plate.prefix(2)
        let tail = plate.dropFirst(2)
        let typed =
            switch random.below(100) {
            case 0..<8: "\(head)·\(tail)"
            case 8..<14: plate.lowercased()
            case 14..<18: "\(head) \(tail)"
            case 18..<20: "\(head)－\(tail)".replacing("0", with: "０")
            case 20..<22: random.pick(["无牌", "临时牌", "看不清"])
            case 22..<24: String(plate.dropLast(2))
            case 24: "临\(plate)"
            default: plate
            }
        return try Plate(text: typed, zone: .shanghai)
    }
}
