import Estate
import Reports
import Screen
import struct Journal.Moment
import struct Journal.DiskFailure
import enum Journal.JournalError
import struct Journal.Verification

/// The console at work on a store: events in, facts and pictures out. It needs no terminal, so a test can play a whole day.
public final class Desk {
    public let store: Store
    private(set) var session: Session
    public let language: Language
    private let keys: KeyTable
    /// Whether the mouse may be the console's at all.
    private let hasMouse: Bool
    private let preferences: PreferenceFolder
    /// Set once somebody wants to leave.
    public private(set) var isOver = false
    /// Where what was not sent is kept.
    private var folders: [DraftPlace: DraftFolder] = [:]
    /// What only a terminal can do.
    private(set) var wishes: [Wish] = []
    private var revision: Int
    private var minute: Int64
    /// How many damages have been told of.
    private var alarms: Int
    /// What the last picture warned of.
    private var alarm: Label?
    /// The check of the whole journal that is under way.
    private(set) var verification: Background<Verification>?
    private let verify: Verify
    /// When somebody last did something here.
    private var touched: Moment

    /// What was read aloud last, in linear mode.
    var spoken = Speech()
    /// What is being looked up in the journal, and the name of what it is about.
    private(set) var lookup: (work: Background<[Page]>, name: String)?

    enum Wish: Equatable { case suspend, redraw, copy(String) }

    /// Reads the whole journal in a folder; it is told to stop as ``Verification`` is.
    public typealias Verify = @Sendable (_ folder: String, _ goOn: (Double) -> Bool) throws -> Verification

    public init(
        _ store: Store, as member: StaffMember?, language: Language, keys: KeyTable = KeyTable(), hasMouse: Bool = true,
        verify: @escaping Verify = { try Verification(of: $0, progress: $1) }
    ) {
        (self.store, self.language, self.verify) = (store, language, verify)
        (self.keys, self.hasMouse) = (keys, hasMouse)
        preferences = PreferenceFolder(in: store.folder)
        revision = store.revision
        minute = store.now.milliseconds / 60_000
        alarms = store.damages.count
        store.lookAtMirror()
        alarm = store.alarm(found: [])
        touched = store.now
        let asked = member.flatMap { store.isSignedIn($0) ? nil : $0 }
        session = Session(
            Context(
                estate: store.estate, now: store.now, language: language, member: asked == nil ? member : nil,
                keys: keys, hasMouse: hasMouse),
            asking: asked)
        adoptPreferences()
        if asked == nil, member != nil { carryOut([.findDrafts(isAsked: false)]) }
        if let notice = store.notices.first { session.say(notice[language], isTrouble: true, context) }
    }

    deinit { verification?.stop() }

    /// What wakes the desk besides keys: files that can be read once what it waits for is there.
    var awaited: [Int32] { [store.history?.file, verification?.file, lookup?.work.file].compactMap { $0 } }

    var context: Context {
        Context(
            estate: store.estate, now: store.now, language: language,
            member: session.signedIn.flatMap { store.estate.staff.members[$0] },
            alarm: store.alarm(found: session.damages), keys: keys, isWhole: store.isWhole, hasMouse: hasMouse)
    }

    /// Lets the session have an event and carries out what it asks for.
    public func send(_ event: Event) {
        if event.isTouch {
            touched = store.now
            // Whoever goes on does not want something else before them in a moment.
            lookup = nil
        }
        let wasSignedIn = session.signedIn
        carryOut(session.update(event, context))
        if session.signedIn != wasSignedIn {
            session.refresh(context)
            adoptPreferences()
            carryOut([.findDrafts(isAsked: false)])
        }
        carryOut(session.settleDrafts(context))
    }

    /// Does what a command's key would.
    func run(_ command: Command) { carryOut(session.run(command, context)) }

    private func adoptPreferences() {
        if let member = session.signedIn, session.kept == nil { session.adopt(preferences.load(of: member), context) }
    }

    private func keep(_ wanted: Preferences, since former: Preferences, of staff: String) {
        do {
            try preferences.save(preferences.load(of: staff).taking(over: former, to: wanted), of: staff)
        } catch let failure as DiskFailure {
            let why = JournalError.disk(failure).label
            let words = Label("版面未能保存：\(why.chinese)", en: "the layout was not kept: \(why.english)")
            session.say(context(words), isTrouble: true, context)
        } catch {
            session.say("\(error)", isTrouble: true, context)
        }
    }

    /// Whether the mouse is the console's now.
    var usesMouse: Bool { context.hasMouse && session.usesMouse }

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .keepDraft(let draft, let place): keep(draft, at: place)
            case .findDrafts(let isAsked):
                guard let staff = session.signedIn else { continue }
                let left = drafts(at: DraftPlace(staff: staff)).left(by: staff)
                carryOut(session.offer(left, isAsked: isAsked, context))
            case .takeDraft(let id, let place): session.goOn(with: drafts(at: place).take(id), context)
            case .discardDraft(let id): drafts(at: DraftPlace(staff: session.signedIn ?? "")).discard(id)
            case .quit:
                isOver = true
                flushDrafts()
                verification?.stop()
            case .verify: startVerifying()
            case .suspend: wishes.append(.suspend)
            case .redraw:
                drawAnew()
                wishes.append(.redraw)
            case .signIn(let member, let pin):
                do {
                    try store.signIn(member, pin: pin)
                    session.signIn(member)
                } catch {
                    session.show(refusal(error), context)
                }
            case .setPIN(let pin, let current):
                let done =
                    pin == nil ? Label("密码已清除", en: "the PIN is removed") : Label("密码已设置", en: "the PIN is set")
                session.finished(setPIN(pin, current), done: done, context)
                revision = store.revision
            case .copy(let text): wishes.append(.copy(text))
            case .keep(let wanted, let former, let staff): keep(wanted, since: former, of: staff)
            case .save(let document): save(document)
            case .history(let view, let name): lookUp(view, of: name)
            case .perform(let action, let done, let next):
                let result = perform(action)
                session.finished(result, done: done, context)
                revision = store.revision
                if case .success = result, let next { carryOut(next(&session, context)) }
            }
        }
    }

    private func save(_ document: Document) {
        do {
            let folder = ReportFile.folder(of: store.folder)
            let path = try ReportFile.write(document.html, named: "\(document.name).html", in: folder)
            session.open(DetailLayer(saved: document, at: path, context))
        } catch {
            session.show(refusal(error), context)
        }
    }

    private func drafts(at place: DraftPlace) -> DraftFolder {
        let folder = folders[place] ?? DraftFolder(of: store.folder, now: store.now)
        folders[place] = folder
        return folder
    }

    private func keep(_ draft: Draft?, at place: DraftPlace) {
        let folder = drafts(at: place)
        folder.keep(draft)
        guard draft == nil, place.call != nil else { return }
        // There are many calls in a day: none of them holds files open once its text is on record.
        folder.flush()
        folders[place] = nil
    }

    /// Waits until all that was not sent is on the disk.
    func flushDrafts() { for folder in folders.values { folder.flush() } }

    private func lookUp(_ view: HistoryView, of name: String) {
        let (folder, zone) = (store.folder, store.estate.zone)
        do {
            let names = try view.names(in: store.estate) ?? []
            let work = Background { work in
                let pages = Result { try Page.read(folder, zone, naming: names) }
                work.finish(pages)
            }
            lookup = (work, name)
        } catch {
            session.say(refusal(error).message[language], isTrouble: true, context)
        }
    }

    /// Shows what was looked up, once it is there.
    private func hearOfLookup() -> Bool {
        guard let (work, name) = lookup, case .finished(let result) = work.news() else { return false }
        lookup = nil
        switch result {
        case .success(let pages): session.show(pages, of: name, context)
        case .failure(let error): session.say(refusal(error).message[language], isTrouble: true, context)
        }
        return true
    }

    private func perform(_ action: any Action) -> Result<Receipt, Refusal> {
        attempt { try store.perform(action, by: session.signedIn ?? "") }
    }

    private func setPIN(_ pin: PIN?, _ current: PIN?) -> Result<Receipt, Refusal> {
        attempt {
            try store.setPIN(of: store.estate.staff.named(session.signedIn ?? ""), to: pin, current: current)
        }
    }

    private func attempt(_ body: () throws -> Receipt) -> Result<Receipt, Refusal> {
        do { return .success(try body()) } catch { return .failure(refusal(error)) }
    }

    private func refusal(_ error: any Error) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case let error as JournalError: .rule(error.code, error.label.chinese, en: error.label.english)
        default: .rule("internal", "\(error)", en: "\(error)")
        }
    }

    private func startVerifying() {
        let (folder, verify) = (store.folder, verify)
        verification = Background { work in
            let result = Result { try verify(folder, work.report) }
            work.finish(result)
        }
    }

    /// Hears how far the check of the journal is, and what it found; `true` if that is news.
    private func hearOfVerification() -> Bool {
        switch verification?.news() {
        case nil: return false
        case .progress(let share): session.verified(share)
        case .finished(let result):
            verification = nil
            session.verified(result.mapError(refusal), in: store.folder, context)
            if case .success(let found) = result, found.isComplete, !store.damages.allSatisfy(found.damages.contains) {
                store.readAnew()
            }
        }
        return true
    }

    /// Takes in what other terminals have recorded, what was found in the background, and the passing of time; `true` if the
    /// picture may have changed.
    public func catchUp() -> Bool {
        let isLocked = session.lockIfIdle(for: store.now.seconds(since: touched), context)
        let hasHeard = [hearOfVerification(), hearOfLookup()].contains(true)
        return takeIn() || hasHeard || isLocked
    }

    private func takeIn() -> Bool {
        do {
            try store.takeHistory()
            try store.catchUp()
            store.lookAtMirror()
        } catch {
            session.say(refusal(error).message[language], isTrouble: true, context)
            return true
        }
        let (damages, alarm) = (store.damages, store.alarm(found: session.damages))
        let hasChanged = alarm != self.alarm
        defer { (alarms, self.alarm) = (damages.count, alarm) }
        if damages.count > alarms, let damage = damages.last {
            session.refresh(context)
            session.say(damage.label[language], isTrouble: true, context)
            return true
        }
        let now = store.now.milliseconds / 60_000
        if store.revision != revision || now != minute {
            (revision, minute) = (store.revision, now)
            session.refresh(context)
            return true
        }
        return session.ticks(context) || hasChanged
    }

    func takeWishes() -> [Wish] {
        defer { wishes = [] }
        return wishes
    }

    /// Has the next picture drawn whole.
    func drawAnew() { session.backdrop = nil }

    /// The picture as it should be on a screen of this size.
    public func picture(_ size: Size, measure: TextWidth = TextWidth()) -> Grid {
        var grid = Grid(size: size, measure: measure)
        session.draw(into: &grid, context)
        return grid
    }
}

extension Event {
    /// Whether somebody did something.
    fileprivate var isTouch: Bool {
        switch self {
        case .key, .paste, .mouse: true
        case .resize, .hangup, .focusGained, .focusLost, .resumed: false
        }
    }
}

extension Session {
    /// Whether the picture changes with the second: a call is going on, or a notice has been up long enough.
    mutating func ticks(_ context: Context) -> Bool {
        let isOver = notice.map { $0.until <= context.now } ?? false
        if isOver { notice = nil }
        return isOver || pane(CallPane.self)?.call(context) != nil
    }
}
