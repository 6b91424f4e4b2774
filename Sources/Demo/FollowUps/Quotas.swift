/// How much is left lying today: a few visits overdue, a few due today or soon, a few owners waiting for a rectification.
///
/// Left to chance alone, some seeds would show none and others a scandal.
struct Quotas {
    var overdue: Int
    var today: Int
    var soon: Int
    var waiting: Int

    init(_ dice: inout Dice) {
        overdue = dice.between(3...5)
        today = dice.between(2...4)
        soon = dice.between(3...5)
        waiting = dice.between(2...3)
    }

    mutating func take(_ quota: WritableKeyPath<Quotas, Int>) -> Bool {
        if self[keyPath: quota] <= 0 { return false }
        self[keyPath: quota] -= 1
        return true
    }
}
