import Estate
import struct Journal.Moment

/// What all panes have in common that their contents are made of.
struct Surroundings: Equatable {
    let generation: Int
    let member: StaffMember?
    let minute: Moment
    let days: [Day]

    init(_ context: Context) {
        (generation, member) = (context.generation, context.member)
        // 24:00 is of two days.
        (minute, days) = (context.start(of: .minute), [context.today, context.view.day])
    }
}

/// What the contents of a pane were made of. While it is the same, they hold and need no refresh.
struct PaneBasis: Equatable {
    private let parts: [Int]
    private let generation: Int
    private let member: StaffMember?
    private let minute: Moment?
    private let days: [Day]

    init(_ pane: any Pane, _ context: Context, _ around: Surroundings) {
        parts = pane.parts(of: context.estate)
        (generation, member, days) = (around.generation, around.member, around.days)
        minute = pane.grain == .day ? nil : around.minute
    }
}
