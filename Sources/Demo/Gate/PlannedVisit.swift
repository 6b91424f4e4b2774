import Journal

/// A visit that is going to be recorded.
struct PlannedVisit {
    enum End {
        case leaves(Moment)
        /// Left without a record; noted when the guards change.
        case unseen
        /// Still inside at the end of the simulation.
        case stays
    }

    var arrives: Moment
    let purpose: VisitPurpose
    var end: End
}
