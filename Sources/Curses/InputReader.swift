import CNcurses
import Glibc
import Screen

/// Reads the bytes of a terminal in raw mode, decodes them, and marks the Enters of a held key.
struct InputReader {
    private let file: Int32
    private var decoder: InputDecoder
    /// When unfinished input is decided; `nil` if there is none.
    private var deadline: ContinuousClock.Instant?
    private var repeats = RepeatDetector()
    private var buffer = [UInt8](repeating: 0, count: 4096)

    /// The most bytes read at once, so that a terminal that never stops sending does not hold up the program.
    private static let limit = 1 << 20

    init(file: Int32, decoder: InputDecoder) {
        (self.file, self.decoder) = (file, decoder)
    }

    /// How long the caller may wait for input, in milliseconds; `nil` without limit.
    var waitMilliseconds: Int? {
        guard let deadline = [deadline, repeats.deadline].compactMap({ $0 }).min() else { return nil }
        let left = (deadline - .now) / .milliseconds(1)
        return max(0, Int(left.rounded(.up)))
    }

    /// All events that can be read without waiting, and whether the input has ended.
    mutating func drain() -> (events: [Event], hasEnded: Bool) {
        var (bytes, hasEnded) = ([UInt8](), false)
        // The terminal's driver holds 4 KB; all that is there is decoded together, because it may hold one character.
        while bytes.count < InputReader.limit, isReadable {
            let count = read(file, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR && errno != EAGAIN {
                hasEnded = true
                break
            }
        }
        var events: [Event] = []
        if !bytes.isEmpty {
            events = decoder.decode(bytes)
            deadline = decoder.waitMilliseconds.map { .now + .milliseconds($0) }
        } else if let deadline, deadline <= .now {
            events = decoder.timeOut()
            self.deadline = nil
        }
        return (repeats.mark(events, at: .now), hasEnded)
    }

    private var isReadable: Bool {
        var polled = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }
}

extension KeySequences {
    /// The keys of the open terminal's terminfo entry.
    static func terminfo() -> KeySequences {
        let plain: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kent", .enter), ("kbs", .backspace), ("kdch1", .delete),
            ("kDC", .delete), ("kich1", .insert), ("kcbt", .backTab), ("kri", .shifted(.up)), ("kind", .shifted(.down)),
        ]
        let motions: [(String, Key.Motion)] = [
            ("kUP", .up), ("kDN", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home), ("kEND", .end),
            ("kPRV", .pageUp), ("kNXT", .pageDown),
        ]
        // The names with a number are extensions of ncurses: the number is xterm's of the modifier keys.
        let modified = motions.flatMap { name, motion in
            [(name, Key.shifted(motion))] + (3...8).map { ("\(name)\($0)", .controlled(motion)) }
        }
        let functions = (1...63).map { ("kf\($0)", Key.function($0)) }
        return KeySequences(
            (plain + modified + functions).compactMap { name, key in
                cn_string(name).map { (Array(String(cString: $0).utf8), key) }
            })
    }
}
