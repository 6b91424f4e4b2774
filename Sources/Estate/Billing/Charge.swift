import Journal

/// An amount of fen as an exact fraction.
struct Fraction: Hashable, Sendable {
    private var numerator: Int128
    private var denominator: Int128

    static let zero = Fraction(0, 1)

    private init(_ numerator: Int128, _ denominator: Int128) {
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// The price of a quantity for some days of a month, or of another length.
    init(_ quantity: Quantity, at rate: Rate, days: Int, of length: Int) {
        // Thousandths by ten-thousandths of a yuan, in fen.
        let units = Int128(Quantity.scale) * Int128(Rate.scale) / 100
        self.init(Int128(quantity.scaled) * Int128(rate.scaled) * Int128(days), units * Int128(length))
    }

    static func += (sum: inout Fraction, other: Fraction) {
        let (a, b) = (sum.denominator, other.denominator)
        let common = Fraction.divisor(a, b)
        sum = Fraction(sum.numerator * (b / common) + other.numerator * (a / common), a / common * b)
    }

    private static func divisor(_ a: Int128, _ b: Int128) -> Int128 { b == 0 ? a : divisor(b, a % b) }

    /// Rounded half up to a fen, and no more than the greatest amount that a bill may have.
    var rounded: Money {
        let fen = (numerator * 2 + denominator) / (denominator * 2)
        return Money(fen: min(fen, Money.greatest.fen))
    }
}

/// What a unit is charged for in a period: its area, itself, or what a meter has measured.
struct Charge: Sendable {
    let basis: TariffBasis
    let quantity: Quantity
    /// The days that it is for; a part of them has a part of it.
    let days: ClosedRange<Day>
    /// `89.43㎡`, `22.2`
    let words: String
    /// The readings; `nil` if none were taken.
    let readings: String?

    /// The number of its days.
    var length: Int { days.upperBound.days(since: days.lowerBound) + 1 }

    /// The number of days that count by `segment`. Of a meter the day of the closing reading goes with the day before it: a
    /// reading is taken when a unit is handed over.
    func dayCount(in segment: ClosedRange<Day>) -> Int {
        let last = readings == nil ? days.upperBound : days.upperBound.adding(-1)
        let (from, to) = (max(days.lowerBound, segment.lowerBound), min(last, segment.upperBound))
        return max(0, to.days(since: from) + 1) + (readings != nil && segment.contains(last) ? 1 : 0)
    }
}

extension Estate {
    /// What a unit may be charged for in a period by the tariffs of an item, whichever their basis is.
    func charges(of unit: People.Unit, for item: String, in period: Period, meters: [Meter]) -> [Charge] {
        let month = period.first...period.last
        func charge(_ basis: TariffBasis, _ words: String, _ quantity: Int) -> Charge {
            Charge(basis: basis, quantity: Quantity(scaled: quantity), days: month, words: words, readings: nil)
        }
        let area = unit.area.map { [charge(.area, "\(Hundredths.text($0.hundredths))㎡", $0.hundredths * 10)] } ?? []
        let one = Quantity.scale
        let measured = meters.flatMap { $0.usage(in: period, zone: zone) }.map { usage in
            let quantity = Quantity(scaled: usage.quantity)
            return Charge(
                basis: .meter, quantity: quantity, days: usage.days, words: quantity.text, readings: usage.words)
        }
        return area + [charge(.fixed, "1", one), charge(.parking, "1", one)] + measured
    }
}
