/// Identifies a return visit without an id.
struct VisitKey: Hashable {
    var request: Int
    var stage: String
    var unit: String
    var cycle: Int
}

/// An event in the life of a request, without the product's types.
struct CaseEvent {
    enum Kind {
        case opened(class: String, unit: String, period: (from: Int, to: Int)?)
        case attended(unit: String)
        case completed
        case reopened
        case visited(VisitKey, result: String, roles: Set<String>)
        case rectified(VisitKey)
        /// Closed as 无法回访.
        case closed(VisitKey)
    }

    let request: Int
    let time: Int
    let kind: Kind
}

/// The expected state of a return visit as of a moment, by the standards.
struct ExpectedVisit {
    var key: VisitKey
    var requestClass: String
    var opens: Int
    var due: Int
    var attempts = 0
    var lastResult: String?
    var visitedAt: Int?
    var absent: [String] = []
    var voidedAt: Int?
    /// Whether it follows a rectification, so that it is no case of its own.
    var isRepetition = false
    var isRectified = false
    var isClosed = false
    /// The order in the list of visits: the entries that made it necessary.
    var order: (Int, Int)

    var awaitsRectification: Bool {
        visitedAt != nil && lastResult == "unsatisfied" && !isRectified && voidedAt == nil
    }

    func state(at moment: Int) -> String {
        let calendar = TestCalendar.shared
        if let visitedAt { return visitedAt < calendar.end(of: due) ? "done" : "late" }
        if voidedAt != nil { return "void" }
        if isClosed { return "closed" }
        // 24:00 belongs to the day before.
        if calendar.day(of: moment - 1) < opens { return "upcoming" }
        return moment < calendar.end(of: due) ? "open" : "overdue"
    }

    /// Whether the rate of its month counts it: its due date is past, and no reopening came before that.
    func hasMatured(by moment: Int) -> Bool {
        let end = TestCalendar.shared.end(of: due)
        if isRepetition || moment < end { return false }
        return visitedAt != nil || voidedAt.map { $0 >= end } ?? true
    }
}
