/// The number of return visits that are still open at the end of the simulation: overdue, due today, due soon, or waiting for
/// a rectification.
///
/// The numbers are limited because probabilities alone would give none for some seeds and far too many for others.
struct BacklogQuota {
    var overdue: Int
    var today: Int
    var soon: Int
    var waiting: Int

    init(_ random: inout SeededGenerator) {
        overdue = random.between(3...5)
        today = random.between(2...4)
        soon = random.between(3...5)
        waiting = random.between(2...3)
    }

    /// Uses one of a quota; `false` when it is used up.
    mutating func take(_ quota: WritableKeyPath<BacklogQuota, Int>) -> Bool {
        if self[keyPath: quota] <= 0 { return false }
        self[keyPath: quota] -= 1
        return true
    }
}
