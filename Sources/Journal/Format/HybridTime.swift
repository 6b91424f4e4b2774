/// An action's place in the one order of all nodes' actions: a hybrid logical clock.
///
/// It is never below the highest time that its node had seen, so an action comes after every action that its author
/// could know, whatever the clocks of the machines say. Equal times of two nodes are ordered by the nodes' names.
public struct HybridTime: Hashable, Comparable, Sendable {
    /// Unix time: of the node's clock, or of a time it had seen that lay ahead of it.
    public var milliseconds: Int64
    /// Counts the actions of the same millisecond.
    public var counter: Int

    public init(milliseconds: Int64, counter: Int = 0) {
        (self.milliseconds, self.counter) = (milliseconds, counter)
    }

    /// Whether it may be that of a line: in years of four digits, and with a next one.
    var isValid: Bool {
        Moment.writable.contains(Moment(milliseconds: milliseconds)) && Line.numbers.contains(counter)
    }

    public static let distantPast = HybridTime(milliseconds: .min / 4)

    public static func < (a: HybridTime, b: HybridTime) -> Bool {
        (a.milliseconds, a.counter) < (b.milliseconds, b.counter)
    }

    /// The time of the next action of a node that has seen this one.
    func next(at now: Moment) -> HybridTime {
        now.milliseconds > milliseconds
            ? HybridTime(milliseconds: now.milliseconds)
            : HybridTime(milliseconds: milliseconds, counter: counter + 1)
    }
}
