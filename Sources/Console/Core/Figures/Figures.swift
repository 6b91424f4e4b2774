import Estate
import Screen

/// The figures of a month (统计): rows of counts, each of which knows the cases that it counts.
struct Figures: Sendable {
    let title: Label
    /// What the rows are about.
    let name: Label
    /// The heads of the counts, from the left.
    let counts: [Label]
    /// What is said beside the counts and counts nothing itself: a target, a rate.
    let remarks: [(label: Label, width: Int)]
    let rows: @Sendable (Period, Context) -> [Row]
    let caseColumns: [Column]

    struct Row {
        let name: String
        let counts: [Count]
        let remarks: [Line]
    }

    struct Count {
        let cases: [Case]
        /// How a count that is not 0 is shown.
        let style: Style
    }

    /// One of those that a figure counts, told of when somebody looks.
    struct Case {
        let cells: (Context) -> [Line]
        let detail: (Context) -> [Line]
    }
}

extension Command {
    /// Figures, by the same key wherever there are any.
    static func figures(_ name: String, _ figures: Figures) -> Command {
        Command(
            name, figures.title,
            doc: Label(
                "\(figures.title.chinese)：按月统计，选中数字按 Enter 看是哪些",
                en: "\(figures.title.english) by month; Enter on a figure lists its cases"
            ),
            keys: [.control("s")], priority: 3,
            run: { session, context in
                session.open(FiguresLayer(figures, context))
                return []
            })
    }
}
