import Estate
import Screen

/// Monthly figures (统计): rows of counts, each with the cases that it counts.
struct Figures: Sendable {
    let title: Label
    /// The header of the column with the rows' names.
    let name: Label
    /// The headers of the counts, from the left.
    let counts: [Label]
    /// Further columns that count nothing: a target, a rate.
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
        /// The style of a count other than 0.
        let style: Style
    }

    /// A case that a figure counts. Its text is made when it is shown.
    struct Case {
        let cells: (Context) -> [Line]
        let detail: (Context) -> [Line]
    }
}

extension Command {
    /// The command that opens figures. Its key is the same in every pane.
    static func figures(_ name: String, _ figures: Figures) -> Command {
        Command(
            name, figures.title,
            doc: Label(
                "\(figures.title.chinese)：按月统计，选中数字按 Enter 看是哪些",
                en: "\(figures.title.english) by month; Enter on a figure lists its cases"
            ),
            keys: [.control("s")], priority: 3,
            run: { _, context in .open(FiguresLayer(figures, context)) })
    }
}
