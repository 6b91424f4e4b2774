import Estate
import struct Journal.Moment

/// The inputs that the contents of all panes share.
struct Surroundings: Equatable {
    let generation: Int
    let member: StaffMember?
    let minute: Moment
    let days: [Day]
    let isBeginning: Bool
    let pastReadings: Int

    init(_ context: Context) {
        pastReadings = context.pastReadings
        (generation, member, isBeginning) = (context.generation, context.member, Beginning.isNow(context))
        // At 24:00 the clock shows the next day, while views count the day that ends.
        (minute, days) = (context.start(of: .minute), [context.today, context.view.day])
    }
}

/// The inputs that a pane's contents were worked out from. While they stay equal, the contents need no refresh.
struct PaneBasis: Equatable {
    private let parts: [Int]
    private let generation: Int
    private let member: StaffMember?
    private let minute: Moment?
    private let days: [Day]
    private let isBeginning: Bool
    private let pastReadings: Int

    init(_ pane: any Pane, _ context: Context, _ around: Surroundings) {
        parts = pane.parts(of: context.estate)
        (generation, member, days) = (around.generation, around.member, around.days)
        isBeginning = around.isBeginning
        pastReadings = pane.needsPast ? around.pastReadings : 0
        minute = pane.granularity == .day ? nil : around.minute
    }
}
