import Foundation
import Glibc
import Screen
import Testing

@testable import Curses

@Suite("Reading a terminal")
struct InputReaderTests {
    /// Reads events as the console does until `isDone` or ten seconds have passed.
    private func read(
        _ reader: inout InputReader, from file: Int32, until isDone: ([Event]) -> Bool
    ) -> (events: [Event], hasEnded: Bool) {
        var events: [Event] = []
        let end = Date(timeIntervalSinceNow: 10)
        while !isDone(events), end.timeIntervalSinceNow > 0 {
            var polled = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            poll(&polled, 1, Int32(reader.waitMilliseconds ?? 1000))
            let (more, hasEnded) = reader.drain()
            events += more
            if hasEnded { return (events, true) }
        }
        return (events, false)
    }

    private func characters(_ text: String) -> [Event] { text.map { .key(.character($0)) } }

    private static let text = String(
        (0..<33_333).map { Character(Unicode.Scalar(0x4E00 + UInt16($0 % 20_000)) ?? "一") })

    @Test("33,333 characters arrive, pasted or typed", arguments: [true, false], [1, 1000, 100_000])
    func manyCharacters(isPasted: Bool, length: Int) throws {
        let terminal = try Pseudoterminal()
        var reader = InputReader(file: terminal.program, decoder: InputDecoder())
        let bytes = Array((isPasted ? "\u{1B}[200~\(Self.text)\u{1B}[201~" : Self.text).utf8)
        let sender = Thread {
            for start in stride(from: 0, to: bytes.count, by: length) {
                terminal.send(bytes[start..<min(start + length, bytes.count)])
            }
        }
        sender.start()
        let (events, _) = read(&reader, from: terminal.program) { isPasted ? !$0.isEmpty : $0.count >= Self.text.count }
        #expect(events == (isPasted ? [.paste(Self.text)] : characters(Self.text)))
    }

    @Test("A character in two writes is whole, and what follows it is kept")
    func dividedCharacter() throws {
        let terminal = try Pseudoterminal()
        var reader = InputReader(file: terminal.program, decoder: InputDecoder())
        terminal.send([0x61, 0xE4, 0xB8])
        #expect(read(&reader, from: terminal.program) { !$0.isEmpty }.events == characters("a"))
        terminal.send([0xAD] + Array("bcdefghijklmnopqrstuvwxyz".utf8))
        #expect(
            read(&reader, from: terminal.program) { !$0.isEmpty }.events == characters("中bcdefghijklmnopqrstuvwxyz"))
    }

    @Test("A lone Esc comes after 25 ms, also if the caller wakes meanwhile; with its rest it is a sequence")
    func loneEscape() throws {
        let terminal = try Pseudoterminal()
        var reader = InputReader(file: terminal.program, decoder: InputDecoder())
        #expect(reader.waitMilliseconds == nil)
        terminal.send([0x1B])
        let start = ContinuousClock.now
        var events: [Event] = []
        while events.isEmpty, start.duration(to: .now) < .seconds(10) {
            events = reader.drain().events
            usleep(1000)
        }
        #expect(events == [.key(.escape)])
        #expect(start.duration(to: .now) >= .milliseconds(25))
        #expect(reader.waitMilliseconds == nil)
        terminal.send([0x1B])
        #expect(reader.drain().events.isEmpty)
        usleep(40_000)
        // Input that is there counts before time that has passed.
        terminal.send("[A".utf8)
        #expect(reader.drain().events == [.key(.up)])
    }

    @Test("A paste whose end is lost comes after half a second")
    func lostEnd() throws {
        let terminal = try Pseudoterminal()
        var reader = InputReader(file: terminal.program, decoder: InputDecoder())
        terminal.send("\u{1B}[200~漏水".utf8)
        let start = ContinuousClock.now
        #expect(read(&reader, from: terminal.program) { !$0.isEmpty }.events == [.paste("漏水")])
        #expect(start.duration(to: .now) >= .milliseconds(500))
    }

    @Test("The end of the terminal is reported once the last bytes are read")
    func ending() throws {
        let terminal = try Pseudoterminal()
        var reader = InputReader(file: terminal.program, decoder: InputDecoder())
        #expect(!reader.drain().hasEnded)
        terminal.send("中".utf8)
        #expect(reader.drain().events == characters("中"))
        terminal.hangUp()
        let last = read(&reader, from: terminal.program) { _ in false }
        #expect(last.hasEnded)
    }
}
