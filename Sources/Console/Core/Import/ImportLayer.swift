import Estate
import Screen
import struct Journal.EntryID

/// An import, step by step: which kind of file, which file, which of its sheets; what a check of it has found; and, once
/// that was agreed to, what was recorded. Reading and recording is the work of an ``ImportJob``.
struct ImportLayer: ChoiceLayer {
    enum Choice {
        case kind(ImportKind)
        case folder(String)
        case file(String)
        case sheet(String)
    }

    typealias Item = ChoiceList<Choice>.Item

    private enum Step {
        case choosing
        /// A job is being done; its share.
        case working(Double, isStopping: Bool)
        /// What the check of a file has found.
        case report(ImportReport)
        case done(ImportReport)
    }

    var list: ChoiceList<Choice>
    private var step = Step.choosing
    private var kind: ImportKind?
    /// The file, and the sheet if one was chosen.
    private(set) var job: ImportJob?
    /// What was typed to find the file, and its sheets if there are several: Esc goes back to them.
    private var typed = ""
    private var sheets: [String] = []

    init(_ context: Context) { list = ImportLayer.kinds(context) }

    // MARK: Choosing

    private static func kinds(_ context: Context) -> ChoiceList<Choice> {
        ChoiceList(
            ChoiceList.enabledFirst(
                Estate.imports.map { kind in
                    let why = context.disabledReason(kind.action)
                    return Item(
                        choice: .kind(kind), name: Line(context(kind.label), why == nil ? .strong : .faint),
                        detail: Line(context(why ?? kind.headerList), why == nil ? .muted : .faint), trailing: Line([]),
                        words: [kind.label.chinese, kind.label.english, kind.name], disabledReason: why)
                }), context)
    }

    /// Lists the files as they are now, with the last one selected.
    private mutating func chooseFile(_ context: Context) {
        let last = job?.path
        (step, job, sheets) = (.choosing, nil, [])
        let files = ImportFiles()
        list = ChoiceList(context, find: files.find)
        list.type(typed, context)
        let place = list.shown.firstIndex { if case .file(let path) = $0.choice { path == last } else { false } }
        list.position.selection = place ?? list.position.selection
    }

    private mutating func chooseSheet(_ context: Context) {
        step = .choosing
        list = ChoiceList(
            sheets.map {
                Item(
                    choice: .sheet($0), name: Line(VisibleText.visible($0), .strong), detail: Line([]),
                    trailing: Line([]), words: [$0])
            }, context)
        list.position.selection = job?.sheet.flatMap(sheets.firstIndex) ?? list.position.selection
    }

    /// From what was found, back to the sheets or the files.
    private mutating func goBack(_ context: Context) {
        if sheets.isEmpty { chooseFile(context) } else { chooseSheet(context) }
    }

    mutating func take(_ choice: Choice, _ context: Context) -> LayerResult {
        switch choice {
        case .kind(let chosen):
            (kind, typed) = (chosen, "")
            chooseFile(context)
        case .folder(let path): list.type(path == "/" ? path : "\(path)/", context)
        case .file(let path):
            guard let kind, let member = context.member?.code else { break }
            typed = list.input.text
            return begin(ImportJob(kind: kind, path: path, member: member))
        case .sheet(let name):
            guard let job else { break }
            return begin(
                job.readAnew {
                    ($0.sheet, $0.skipsKnown, $0.allowsTwice) = (name, false, false)
                })
        }
        return .handled()
    }

    private func begin(_ job: ImportJob) -> LayerResult { .handled([.effect(.importFile(job))]) }

    // MARK: The job

    /// The job has begun.
    mutating func began(_ job: ImportJob) { (self.job, step) = (job, .working(0, isStopping: false)) }

    mutating func progress(_ share: Double) {
        if case .working(_, let isStopping) = step { step = .working(share, isStopping: isStopping) }
    }

    /// Shows what came of the job.
    mutating func finished(_ outcome: ImportJob.Outcome, _ context: Context) {
        switch outcome {
        case .sheets(let names):
            sheets = names
            chooseSheet(context)
        case .checked(let table, let result): step = .report(ImportReport(table, .good(result), context))
        case .refused(let table, let rows): step = .report(ImportReport(table, .refused(rows), context))
        case .repeated(let table, let refusal): step = .report(ImportReport(table, .repeated(refusal), context))
        case .imported(let table, let result): step = .done(ImportReport(table, .recorded(result), context))
        case .stopped: goBack(context)
        }
    }

    /// The file could not be read, or nothing was recorded: another one may be chosen, or what was checked sent again.
    mutating func failed(_ context: Context) {
        guard let table = job?.checked, let job else { return goBack(context) }
        self.job = job.readAnew()
        step = .report(ImportReport(table, .failed, context))
    }

    // MARK: Keys

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch step {
        case .choosing:
            guard case .key(.escape) = event, kind != nil else { return choose(by: event, context) }
            if job != nil { chooseFile(context) } else { (kind, list) = (nil, ImportLayer.kinds(context)) }
            return .handled()
        case .working(let share, _):
            guard case .key(.escape) = event else { return .ignored }
            step = .working(share, isStopping: true)
            return .handled([.effect(.stopImport)])
        case .report(var report):
            switch event {
            case .key(.escape): goBack(context)
            case .key(.enter): return go(on: report)
            case .key(.control("n")):
                guard let job else { break }
                return begin(job.readAnew { $0.skipsKnown.toggle() })
            case .key(.control("t")) where offersTwice(report):
                guard let job else { break }
                return begin(job.readAnew { $0.allowsTwice.toggle() })
            case .key(let key) where report.scroll(key, context): step = .report(report)
            default: return .ignored
            }
            return .handled()
        case .done(var report):
            switch event {
            case .key(.escape), .key(.enter): return .dismissed()
            case .key(let key) where report.scroll(key, context): step = .done(report)
            default: return .ignored
            }
            return .handled()
        }
    }

    private func offersTwice(_ report: ImportReport) -> Bool { report.isDoubled || job?.allowsTwice == true }

    /// Asks whether what was checked is to be recorded; checks a file with refused rows once more.
    private func go(on report: ImportReport) -> LayerResult {
        guard var job else { return .handled() }
        guard let result = report.result, result.imported > 0 else {
            return begin(job.readAnew())
        }
        (job.checked, job.key) = (report.table, report.key)
        let (label, rows) = (job.kind.label, result.imported.grouped)
        return .handled([
            .open(
                ConfirmLayer(
                    question: Label(
                        "从 \(job.fileName) 导入\(label.chinese) \(rows) 行？",
                        en: "Import \(rows) rows of \(label.english) from \(job.fileName)?"),
                    about: (job.allowsTwice ? [ImportLayer.twice] : []) + report.facts, yes: Label("导入", en: "import"),
                    intent: .effect(.importFile(job)),
                    isStrict: true))
        ])
    }

    private static let twice = Label("已有的也再导入一次：金额会重复计入", en: "what is there already is counted twice")

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        if case .choosing = step { list.click(at: point, in: screen, measure) } else { false }
    }

    // MARK: Drawing

    private func title(_ context: Context) -> Line {
        let words = [kind.map { context($0.label) }, job.map { VisibleText.visible($0.fileName) }].compactMap { $0 }
        return Line(
            [Span(context(Label("导入", en: "Import")), .title)] + words.flatMap { [Span(" · ", .faint), Span($0)] })
    }

    func heading(_ context: Context) -> ChoiceHeading {
        guard kind != nil else {
            return ChoiceHeading(
                title: title(context), placeholder: Label("哪一种文件", en: "which kind of file"),
                empty: Label("没有这一种", en: "no such kind"))
        }
        return job == nil
            ? ChoiceHeading(
                title: title(context),
                placeholder: Label(".xlsx 或 CSV：选文件，或输入路径", en: ".xlsx or CSV: choose, or type a path"),
                empty: Label("这里没有表格文件", en: "no tables here"))
            : ChoiceHeading(
                title: title(context), placeholder: Label("哪一张工作表", en: "which sheet"),
                empty: Label("没有这张表", en: "no such sheet"))
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        switch step {
        case .choosing: list.draw(into: &grid, rect: rect, heading(context), context)
        case .working(let share, let isStopping): drawWork(share, isStopping, into: &grid, rect, context)
        case .report(let report), .done(let report): report.draw(into: &grid, rect: rect, title(context), context)
        }
    }

    private func drawWork(_ share: Double, _ isStopping: Bool, into grid: inout Grid, _ rect: Rect, _ context: Context)
    {
        let popup = Popup(
            title: title(context), size: Size(width: min(rect.width - 4, 64), height: 6))
        popup.draw(into: &grid, rect: rect)
        grid.cursor = nil
        let (inner, isRecording) = (popup.inner(in: rect), job?.checked != nil)
        let words =
            isStopping
            ? Label("正在停下…", en: "stopping…")
            : share >= 1 && isRecording
                ? Label("正在写盘…", en: "writing to the disk…")
                : isRecording ? Label("正在导入…", en: "importing…") : Label("正在检查…", en: "checking…")
        grid.put(Line(context(words), .strong), in: inner.row(0))
        let percent = " \(Int(share * 100))%"
        grid.put(
            Gauge(share).line(width: max(4, inner.width - 6), grid.glyphs) + Line(percent, .strong), in: inner.row(1))
        let note = Label("停下的话一行也不导入", en: "if it is stopped, no row is imported")
        if isRecording { grid.put(Line(context(note), .muted), in: inner.row(3)) }
    }

    func hints(_ context: Context) -> [KeyHint] {
        switch step {
        case .choosing: return .choosing(Label("选定", en: "take"), context)
        case .working: return [KeyHint("Esc", context(Label("停止", en: "stop")), priority: 5)]
        case .done: return .reading(Label("滚动", en: "scroll"), context)
        case .report(let report):
            let enter =
                report.result.map { $0.imported > 0 } ?? false
                ? Label("导入", en: "import") : Label("重新检查", en: "check again")
            let known =
                job?.skipsKnown == true ? Label("不跳过已有", en: "do not skip") : Label("跳过已有的", en: "skip what is there")
            let twice =
                job?.allowsTwice == true ? Label("不重复导入", en: "not twice") : Label("已有的也导入", en: "import it twice")
            return [
                KeyHint("Enter", context(enter), priority: 6), KeyHint("Ctrl-N", context(known), priority: 4),
            ] + (offersTwice(report) ? [KeyHint("Ctrl-T", context(twice), priority: 4)] : [])
                + .reading(Label("滚动", en: "scroll"), context)
        }
    }

    // MARK: Linear mode

    func keys(answering line: String, _ context: Context) -> [Key]? {
        if case .choosing = step { return choosing(line, context) }
        return line.isEmpty ? [.enter] : nil
    }

    func spoken(_ context: Context) -> [String] {
        switch step {
        case .choosing: choices(context)
        case .working: pictured(context)
        case .report(let report), .done(let report): [title(context).text] + report.lines.map(\.text)
        }
    }
}
