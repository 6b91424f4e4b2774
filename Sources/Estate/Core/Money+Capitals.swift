extension Money {
    /// The amount in capitals (大写, Rules), without 人民币: `壹拾元零伍分`, `壹仟肆佰零玖元伍角整`.
    ///
    /// 整 follows 元 and 角, never 分. A missing 角 before 分, or a 0 before 元 and a 角 behind it, is 零.
    public var capitals: String {
        let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
        let cents = Int(rest)
        let (tenths, hundredths) = cents.quotientAndRemainder(dividingBy: 10)
        var text = fen < 0 ? "负" : ""
        if yuan > 0 || cents == 0 { text += Money.capitals(yuan) + "元" }
        if cents == 0 { return text + "整" }
        if yuan > 0, tenths == 0 || yuan % 10 == 0 { text += Money.digits[0] }
        if tenths > 0 { text += Money.digits[tenths] + "角" }
        return text + (hundredths > 0 ? Money.digits[hundredths] + "分" : "整")
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]
    private static let places: [(UInt128, String)] = [
        (100_000_000, "亿"), (10000, "万"), (1000, "仟"), (100, "佰"), (10, "拾"),
    ]

    /// A whole number in capitals. Where the place below a place is missing, 零 stands for it and for those that follow.
    private static func capitals(_ number: UInt128) -> String {
        for (size, name) in places where number >= size {
            let (high, low) = number.quotientAndRemainder(dividingBy: size)
            let rest = low == 0 ? "" : (low < size / 10 ? digits[0] : "") + capitals(low)
            return capitals(high) + name + rest
        }
        return digits[Int(number)]
    }

    /// The amount as documents write it out: 人民币 stands directly before the first digit.
    public var writtenOut: String { "人民币" + capitals }
}
