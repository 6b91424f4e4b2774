import Journal

/// A visit as it is going to be.
struct Stay {
    enum End {
        case leaves(Moment)
        /// Gone without being seen; the next guard notes it.
        case unseen
        /// Still inside now.
        case stays
    }

    var arrives: Moment
    let purpose: VisitPurpose
    var end: End
}
