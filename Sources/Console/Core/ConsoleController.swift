import Estate
import Reports
import Screen
import struct Journal.Moment
import struct Journal.DiskFailure
import enum Journal.JournalError
import struct Journal.HeadSeal
import struct Journal.Verification

/// Connects a session with a store: takes events, carries out effects, draws pictures. Needs no terminal, so that a test
/// can play a whole day.
public final class ConsoleController {
    public let store: Store
    private(set) var session: Session
    public let language: Language
    private let keys: KeyTable
    /// Whether the console may use the mouse at all.
    private let hasMouse: Bool
    private let preferences: PreferenceFolder
    /// Whether the console was quit.
    public private(set) var isOver = false
    /// The folders of the drafts stored by this console.
    private var folders: [DraftPlace: DraftFolder] = [:]
    /// The requests that only a terminal can carry out.
    private(set) var terminalRequests: [TerminalRequest] = []
    /// The store's revision and the minute at the last refresh.
    private var revision: Int
    private var minute: Int64
    /// The second at the last look at the disk.
    private var second: Int64 = 0
    /// The last context, while nothing has changed but the time.
    private var kept: (context: Context, revision: Int, member: String?)?
    /// The key table for a role.
    private var served: KeyTable
    /// How many damages have been reported.
    private var reportedDamages: Int
    /// What was said of other nodes, their records and the clock, each once.
    private var told: Set<String> = []
    /// The alarm in the last picture.
    private var alarm: Label?
    /// What was said of the hub in the last picture.
    private var hub: HubWords?
    /// The running check of the whole journal.
    private(set) var verification: Background<Verification>?
    private let verify: Verify
    /// The running step of an import.
    private(set) var importing: (work: Background<ImportJob.Outcome>, isRecording: Bool)?
    /// When the last key, click or paste came.
    private var lastInput: Moment

    /// The lines read aloud last, in linear mode.
    var spoken = Speech()
    /// What is to be recorded once another program lets go of the data, and since when.
    private var waiting: (effect: Effect, since: Moment)?

    /// The seconds that each attempt to record waits for the data, and the mirror: nobody sees that.
    private static let patience = 0.1
    /// The milliseconds after which the console gives up.
    private static let longestWait: Int64 = 2_000

    /// The running search for journal entries, and the name of their subject.
    private(set) var lookup: (work: Background<[JournalEntry]>, name: String)?

    /// The figures of the months that are over, how often they were read, and what they were made of.
    private var past: (figures: PastFigures, readings: Int, basis: PastBasis?) = (.none, 0, nil)
    /// The figures of the month that runs, and the generation of the states that they are of.
    private var present = (figures: PresentFigures(), generation: 0)
    /// The running reading of the former.
    private(set) var pastReading: (work: Background<PastFigures>, basis: PastBasis)?

    /// While it stays the same, so do the figures of months that are over.
    struct PastBasis: Equatable {
        let month: Period
        let generation: Int
        let lateChanges: Int
    }

    /// A recovery code that was made and is still to be shown.
    private var newCode: RecoveryCode?

    enum TerminalRequest: Equatable { case suspend, redraw, copy(String) }

    /// Reads the whole journal in a folder, and compares it with lines that were read before; stops as ``Verification``
    /// does.
    public typealias Verify =
        @Sendable (
            _ folder: String, _ heads: [HeadSeal], _ progress: (Double) -> Bool
        ) throws -> Verification

    public init(
        _ store: Store, as member: StaffMember?, language: Language, keys: KeyTable = KeyTable(), hasMouse: Bool = true,
        notice: Label? = nil, verify: @escaping Verify = { try Verification(of: $0, against: $1, progress: $2) }
    ) {
        (self.store, self.language, self.verify) = (store, language, verify)
        (self.keys, self.hasMouse) = (keys, hasMouse)
        preferences = PreferenceFolder(in: store.folder)
        revision = store.revision
        minute = store.now.milliseconds / 60_000
        reportedDamages = store.damages.count
        (store.patience, store.mirrorPatience) = (ConsoleController.patience, ConsoleController.patience)
        store.lookAtMirror()
        alarm = store.alarm(found: [])
        lastInput = store.now
        let asked = member.flatMap { store.isSignedIn($0) ? nil : $0 }
        let present = asked == nil ? member : nil
        served = keys.serving(present?.role)
        session = Session(
            Context(
                estate: store.estate, now: store.now, language: language, member: present,
                keys: served, generation: store.generation, hasFullHistory: store.hasFullHistory, hasMouse: hasMouse),
            asking: asked)
        adoptPreferences()
        if present != nil { carryOut([.findDrafts(isAsked: false)]) }
        if let notice = store.notices.first ?? notice {
            session.say(notice[language], isError: true, context)
        } else {
            tell()
        }
        askAboutClock()
    }

    /// Asks, once, about a clock that lies more than a day off the last record.
    private func askAboutClock() {
        guard let difference = store.estate.clockDifference(at: store.now), difference.isFar else { return }
        let label = difference.label(now: store.now, store.estate)
        told.insert(label.chinese)
        session.open(
            ConfirmLayer(
                question: label,
                about: [
                    Label("时钟不对，请先退出改正，再来登记", en: "if the clock is wrong, leave, set it, and come back"),
                    Label("照常登记也不会丢失，只是时间不对", en: "what is recorded is kept, with the wrong time"),
                ],
                yes: Label("时钟没错", en: "the clock is right"), intent: .none), context)
    }

    /// Says the first thing of other nodes or the clock that was not said yet; `false` if there is none.
    @discardableResult
    private func tell() -> Bool {
        var news = store.nodeNotices
        if store.hasFullHistory, let conflicts = store.estate.conflictNotice(for: context.member?.role) {
            news.append(conflicts)
        }
        if case .behind? = store.estate.clockDifference(at: store.now), !told.contains("clock.behind") {
            told.insert("clock.behind")
            news += [store.estate.clockDifference(at: store.now)].compactMap { $0?.label(now: store.now, store.estate) }
        }
        guard let notice = news.first(where: { told.insert($0.chinese).inserted }) else { return false }
        session.say(notice[language], isError: true, context)
        return true
    }

    deinit {
        verification?.stop()
        importing?.work.stop()
        pastReading?.work.stop()
    }

    /// The files that become readable when background work has news.
    var awaited: [Int32] {
        let works = [verification?.file, lookup?.work.file, importing?.work.file, pastReading?.work.file]
        return store.awaited + works.compactMap { $0 }
    }

    var context: Context {
        if let kept, kept.revision == store.revision, kept.member == session.signedIn,
            kept.context.screen == session.size
        {
            return kept.context.at(store.now)
        }
        let member = session.signedIn.flatMap { store.estate.staff.members[$0] }
        if served.role != member?.role { served = keys.serving(member?.role) }
        if present.generation != store.generation { present = (PresentFigures(), store.generation) }
        var context = Context(
            estate: store.estate, now: store.now, language: language, member: member,
            alarm: store.alarm(found: session.damages), keys: served, generation: store.generation,
            hasFullHistory: store.hasFullHistory,
            hasMouse: hasMouse, past: past.figures, pastReadings: past.readings, present: present.figures)
        context.historyFailed = store.historyTrouble != nil
        context.screen = session.size
        context.node = store.node
        context.hub = HubWords(store)
        kept = (context, store.revision, session.signedIn)
        return context
    }

    /// Passes events that came together to the session; ``settle()`` is left to do. Characters typed into a pane's text
    /// field are one text: a list is filtered once for all of them. So are more characters for a layer than anybody types
    /// at once: a paste that the terminal does not mark.
    public func send(_ events: [Event]) {
        var rest = events[...]
        while let event = rest.first {
            if rest.startIndex > 0 { settle() }
            var typed: [Character] = []
            if session.takesText || !session.layers.isEmpty {
                for case .key(.character(let sign)) in rest.prefix(while: \.isCharacter) { typed.append(sign) }
            }
            let count = typed.count
            if count > (session.takesText ? 1 : ConsoleController.mostTyped) {
                rest.removeFirst(count)
                respond(to: .paste(String(typed)))
            } else {
                rest.removeFirst()
                respond(to: event)
            }
        }
    }

    /// The most characters that an input method sends at once.
    private static let mostTyped = 32

    /// Passes an event to the session and settles.
    public func send(_ event: Event) {
        respond(to: event)
        settle()
    }

    /// Stores what an event has changed of drafts and preferences: what a picture need not wait for. `true` if the picture
    /// may have changed.
    @discardableResult
    public func settle() -> Bool {
        let (layers, notice) = (session.layers.count, session.notice)
        carryOut(session.changedPreferences(context))
        carryOut(session.draftChanges(context))
        return session.layers.count != layers || session.notice != notice
    }

    /// Passes an event to the session and carries out its effects.
    private func respond(to event: Event) {
        if event.isTouch {
            lastInput = store.now
            if waiting != nil {
                if case .key(.escape) = event { giveUp() }
                return
            }
            // Further input cancels the search: its result would cover newer work.
            lookup = nil
        }
        let wasSignedIn = session.signedIn
        let effects = session.update(event, context)
        carryOut(effects)
        if session.signedIn != wasSignedIn {
            session.refresh(context)
            adoptPreferences()
            carryOut([.findDrafts(isAsked: false)])
        }
    }

    /// Runs a command as its key does.
    func run(_ command: Command) { if waiting == nil { carryOut(session.run(command, context)) } }

    /// Whether the console uses the mouse now.
    var usesMouse: Bool { hasMouse && session.usesMouse }

    // MARK: Effects

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            // While a context refers to the state, a change would copy it.
            kept = nil
            carryOut(effect)
        }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .perform, .setPIN, .setPINOf:
            do { finish(effect, .success(try record(effect))) } catch JournalError.busy(let holder) {
                waiting = (effect, store.now)
                session.wait(for: holder, context)
            } catch {
                finish(effect, .failure(refusal(error)))
            }
        case .signIn(let member, let pin):
            do {
                try store.signIn(member, pin: pin)
                session.signIn(member)
            } catch {
                session.show(refusal(error), context)
            }
        case .keepDraft(let draft, let place): keep(draft, at: place)
        case .findDrafts(let isAsked):
            guard let staff = session.signedIn else { return }
            let left = drafts(at: DraftPlace(staff: staff)).left(by: staff)
            carryOut(session.offer(left, isAsked: isAsked, context))
        case .takeDraft(let left):
            session.resume(drafts(at: session.place(of: left.draft)).take(left.id), context)
        case .discardDraft(let id): drafts(at: DraftPlace(staff: session.signedIn ?? "")).discard(id)
        case .keepPreferences(let changed, let former, let staff): keep(changed, since: former, of: staff)
        case .save(let document): save(document)
        case .history(let view, let name): lookUp(view, of: name)
        case .verify: startVerifying()
        case .importFile(let job): startImport(job)
        case .stopImport: importing?.work.stop()
        case .copy(let text): terminalRequests.append(.copy(text))
        case .suspend: terminalRequests.append(.suspend)
        case .redraw:
            drawAnew()
            terminalRequests.append(.redraw)
        case .quit:
            isOver = true
            flushDrafts()
            verification?.stop()
            importing?.work.stop()
            // What is being written is recorded as a whole, or not at all.
            if importing?.isRecording == true { importing?.work.wait() }
        }
    }

    /// Records actions, all of them or none; the receipt has the id of the last one's.
    private func perform(_ actions: [any Action], _ key: IdempotencyKey?) throws -> Receipt {
        let staff = session.signedIn ?? ""
        if actions.count == 1 { return try store.perform(actions[0], by: staff, key: key) }
        return try store.perform(by: staff) { batch in
            if let receipt = try batch.joinActions(key: key) { return receipt }
            let receipts = try actions.map { try batch.perform($0) }
            return batch.joinedReceipt ?? receipts[actions.count - 1]
        }
    }

    // MARK: Recording

    /// Records what an effect with a result asks for. Throws ``JournalError/busy(_:)`` at once when another program holds
    /// the data.
    private func record(_ effect: Effect) throws -> Receipt {
        switch effect {
        case .perform(let actions, _, _, let key): return try perform(actions, key)
        case .setPIN(let pin, let current):
            let member = try store.estate.staff.named(session.signedIn ?? "")
            return noting(try store.setPIN(of: member, to: pin, current: current))
        case .setPINOf(let member, let pin):
            return noting(
                try store.setPIN(of: member, to: pin, by: store.estate.staff.named(session.signedIn ?? "")))
        default: preconditionFailure("\(effect) records nothing")
        }
    }

    private func finish(_ effect: Effect, _ result: Result<Receipt, Refusal>) {
        kept = nil
        switch effect {
        case .perform(_, let done, let then, _): carryOut(session.finished(result, done: done, then: then, context))
        case .setPIN(let pin, _):
            let done = pin == nil ? Label("密码已清除", en: "the PIN is removed") : Label("密码已设置", en: "the PIN is set")
            carryOut(session.finished(result, done: done, then: showingCode(), context))
        case .setPINOf(let member, _):
            let done = Label("已为 \(member.name) 设置密码", en: "the PIN of \(member.name) is set")
            carryOut(session.finished(result, done: done, then: showingCode(), context))
        default: break
        }
        revision = store.revision
    }

    private func noting(_ change: PINChange) -> Receipt {
        newCode = change.code
        return change.receipt
    }

    /// What shows a recovery code that was made just now.
    private func showingCode() -> [Intent] {
        defer { newCode = nil }
        return newCode.map { [.open(ConfirmLayer($0))] } ?? []
    }

    /// The milliseconds after which the console looks around again.
    var pause: Int { waiting == nil ? 1000 : 20 }

    /// Tries again to record what waits; `true` if it was recorded, or refused, or waited too long.
    private func tryAgain() -> Bool {
        guard let (effect, since) = waiting else { return false }
        kept = nil
        let waited = store.now.milliseconds - since.milliseconds
        let result: Result<Receipt, Refusal>
        do { result = .success(try record(effect)) } catch {
            // The clock may have gone back meanwhile.
            let isEarly = (0..<ConsoleController.longestWait).contains(waited)
            if isEarly, case .busy? = error as? JournalError { return false }
            result = .failure(refusal(error))
        }
        endWaiting()
        finish(effect, result)
        return true
    }

    private func giveUp() {
        guard let (effect, _) = waiting else { return }
        let holder = session.layers.lazy.compactMap { ($0 as? WaitingLayer)?.holder }.first
        endWaiting()
        finish(effect, .failure(refusal(JournalError.busy(holder))))
    }

    private func endWaiting() {
        waiting = nil
        session.endWaiting()
    }

    private func refusal(_ error: any Error) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case let error as JournalError: .rule(error.code, error.label.chinese, en: error.label.english)
        default: .rule("internal", "\(error)", en: "\(error)")
        }
    }

    private func save(_ document: Document) {
        do {
            let folder = ReportFile.folder(of: store.folder)
            let path = try ReportFile.write(
                document.html(sealedBy: store.seal), named: "\(document.name).html", in: folder)
            session.open(DetailLayer(saved: document, at: path, context), context)
        } catch {
            session.show(refusal(error), context)
        }
    }

    // MARK: Preferences and drafts

    private func adoptPreferences() {
        guard let member = session.signedIn, session.storedPreferences == nil else { return }
        session.adopt(preferences.load(of: member), context)
    }

    private func keep(_ changed: Preferences, since former: Preferences, of staff: String) {
        do {
            try preferences.save(preferences.load(of: staff).applying(changed, since: former), of: staff)
        } catch let failure as DiskFailure {
            let why = JournalError.disk(failure).label
            let words = Label("版面未能保存：\(why.chinese)", en: "the layout was not kept: \(why.english)")
            session.say(context(words), isError: true, context)
        } catch {
            session.say("\(error)", isError: true, context)
        }
    }

    private func drafts(at place: DraftPlace) -> DraftFolder {
        let folder = folders[place] ?? DraftFolder(of: store.folder, now: store.now)
        folders[place] = folder
        return folder
    }

    private func keep(_ draft: Draft?, at place: DraftPlace) {
        let folder = drafts(at: place)
        folder.keep(draft, at: store.now)
        guard draft == nil, place.key != nil else { return }
        // Panes have many draft places in a day; each would keep a lock file open.
        folder.flush()
        folders[place] = nil
    }

    /// Waits until all drafts are on the disk.
    func flushDrafts() { for folder in folders.values { folder.flush() } }

    // MARK: Background work

    private func lookUp(_ view: HistoryView, of name: String) {
        let (folder, zone, ring) = (store.folder, store.estate.zone, store.ring)
        do {
            let names = try view.entryNames(in: store.estate) ?? []
            let work = Background { work in
                let entries = Result { try JournalEntry.read(folder, zone, ring, naming: names) }
                work.finish(entries)
            }
            lookup = (work, name)
        } catch {
            session.say(refusal(error).message[language], isError: true, context)
        }
    }

    /// Shows the result of a search for journal entries; `true` if there is one.
    private func takeLookup() -> Bool {
        guard let (work, name) = lookup, case .finished(let result) = work.news() else { return false }
        lookup = nil
        switch result {
        case .success(let entries): session.show(entries, of: name, context)
        case .failure(let error): session.say(refusal(error).message[language], isError: true, context)
        }
        return true
    }

    private func startVerifying() {
        session.verifying = 0
        let (folder, heads, verify) = (store.folder, store.heads, verify)
        verification = Background { work in
            let result = Result { try verify(folder, heads, work.report) }
            work.finish(result)
        }
    }

    /// Handles progress and result of the journal check; `true` if the picture may have changed.
    private func takeVerification() -> Bool {
        switch verification?.news() {
        case nil: return false
        case .progress(let share): session.verifying = share
        case .finished(let result):
            verification = nil
            session.verified(result.mapError(refusal), in: store.folder, context)
            if case .success(let found) = result, found.isComplete, !store.damages.allSatisfy(found.damages.contains) {
                store.readAnew()
            }
        }
        return true
    }

    /// Reads the figures of the months that are over, while they are looked at and may have changed.
    private func readPast() {
        guard session.needsPast, store.hasFullHistory, pastReading == nil else { return }
        let month = context.view.month
        let basis = PastBasis(
            month: month, generation: store.generation, lateChanges: store.estate.lateChanges)
        if past.basis == basis { return }
        let open = store.opener
        let months = Set(
            MonthReport().pastMonths(asOf: store.now, in: store.estate.zone)
                + YearReport().pastMonths(asOf: store.now, in: store.estate.zone))
        let work = Background { work in
            // Of the month before, the cases are shown as well.
            let result = Result { try open().pastFigures(of: Array(months), withCases: 1) }
            work.finish(result)
        }
        pastReading = (work, basis)
    }

    /// Shows the figures that were read; `true` if there are any.
    private func takePast() -> Bool {
        guard let (work, basis) = pastReading, case .finished(let result) = work.news() else { return false }
        pastReading = nil
        switch result {
        case .success(let figures): past = (figures, past.readings + 1, basis)
        case .failure(let error):
            // It is not tried again until something changes.
            past.basis = basis
            session.say(refusal(error).message[language], isError: true, context)
        }
        kept = nil
        session.refresh(context)
        return true
    }

    private func startImport(_ job: ImportJob) {
        if importing != nil { return }
        session.importBegan(job)
        let open = store.opener
        let work = Background { work in
            let result = Result { try job.run(open, for: work) }
            work.finish(result)
        }
        importing = (work, job.checked != nil)
    }

    /// Handles progress and result of an import's step; `true` if the picture may have changed.
    private func takeImport() -> Bool {
        switch importing?.work.news() {
        case nil: return false
        case .progress(let share): session.importProgressed(share)
        case .finished(let result):
            importing = nil
            session.importFinished(result.mapError(refusal), context)
        }
        return true
    }

    /// Handles facts of other terminals, results of background work and the passing of time; `true` if the picture may have
    /// changed. Without news the disk is read once a second, because notifications of changes can be lost.
    public func catchUp(hasNews: Bool) -> Bool {
        hasNews || waiting != nil || store.now.milliseconds / 1000 != second ? catchUp() : false
    }

    /// Reads the disk at once; otherwise as ``catchUp(hasNews:)``.
    public func catchUp() -> Bool {
        second = store.now.milliseconds / 1000
        kept = nil
        let isLocked = session.lockIfIdle(for: store.now.seconds(since: lastInput), context)
        let hasNews = [tryAgain(), takeVerification(), takeLookup(), takeImport(), takePast()].contains(true)
        defer { readPast() }
        return takeIn() || hasNews || isLocked
    }

    private func takeIn() -> Bool {
        do {
            kept = nil
            try store.takeHistory()
            try store.catchUp()
            store.lookAtMirror()
        } catch {
            session.say(refusal(error).message[language], isError: true, context)
            return true
        }
        let (damages, alarm) = (store.damages, store.alarm(found: session.damages))
        let hub = HubWords(store)
        let hasChanged = alarm != self.alarm || hub != self.hub
        defer { (reportedDamages, self.alarm, self.hub) = (damages.count, alarm, hub) }
        if damages.count > reportedDamages, let damage = damages.last {
            session.refresh(context)
            session.say(damage.label[language], isError: true, context)
            return true
        }
        if tell() {
            session.refresh(context)
            return true
        }
        if let member = session.signedIn.flatMap({ store.estate.staff.members[$0] }), member.left != nil {
            signOut(member)
            return true
        }
        let now = store.now.milliseconds / 60_000
        if store.historyTrouble != nil, now != minute { store.readHistory() }
        if store.revision != revision || now != minute {
            (revision, minute) = (store.revision, now)
            session.refresh(context)
            return true
        }
        return session.ticks(context) || hasChanged
    }

    private func signOut(_ member: StaffMember) {
        session.signOut()
        kept = nil
        session.refresh(context)
        session.open(SignInLayer(context), context)
        let words = Label("\(member.name) 已离职，请换人登录", en: "\(member.name) has left: somebody else signs in")
        session.say(words[language], isError: true, context)
    }

    // MARK: Pictures

    func takeTerminalRequests() -> [TerminalRequest] {
        defer { terminalRequests = [] }
        return terminalRequests
    }

    /// Works out and draws everything again.
    func drawAnew() { session.drawAnew() }

    /// The last picture has reached the terminal.
    func shown() { session.shown(context) }

    /// The picture for a screen of this size.
    public func picture(_ size: Size, measure: TextWidth = TextWidth()) -> Grid {
        var grid = Grid(size: size, measure: measure)
        session.draw(into: &grid, context)
        return grid
    }
}

extension Event {
    fileprivate var isCharacter: Bool { if case .key(.character) = self { true } else { false } }

    /// Whether the event comes from a person.
    fileprivate var isTouch: Bool {
        switch self {
        case .key, .repeated, .paste, .mouse: true
        case .resize, .hangup, .focusGained, .focusLost, .resumed: false
        }
    }
}

extension Session {
    /// Whether the picture has changed with the second: a pane shows a running time, or a notice has expired.
    mutating func ticks(_ context: Context) -> Bool {
        let isOver = notice.map { $0.until <= context.now } ?? false
        if isOver { notice = nil }
        return isOver
            || windows.contains { window in window.tabs.contains { $0.pane.ticks(context) } }
    }
}
