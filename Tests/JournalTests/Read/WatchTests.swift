import Foundation
import Testing

@testable import Journal

@Suite struct WatchTests {
    private func isReadable(_ watch: Watch, within milliseconds: Int32) -> Bool {
        var request = pollfd(fd: watch.file, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) == 1
    }

    @Test func appendOfAnotherWriterWakesTheWatch() throws {
        let scratch = ScratchFolder()
        try Journal.create(at: scratch.path, node: "desk")
        let writer = try Journal(at: scratch.path)
        let watch = try #require(Watch(of: scratch.path))
        #expect(!isReadable(watch, within: 0))
        // The first append creates the segment, the second extends it.
        for number in 1...2 {
            try writer.record(number)
            #expect(isReadable(watch, within: 2000))
            watch.drain()
            #expect(!isReadable(watch, within: 0))
        }
    }
}
