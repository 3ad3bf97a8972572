// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Held;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * Downloads files into a folder, one by one or all at the same time.
 *
 * <p>{@link #concurrently} starts one thread per file. A {@link BoundedSemaphore} lets only some of them talk to the
 * server at a time: the threads are cheap to have waiting, the connections are not ours to use up.
 *
 * <p>A file is stored under the last part of its address. What was downloaded before a failure stays in the folder.
 */
public final class Downloader implements AutoCloseable {

    private final ExecutorService clientThreads =
            Executors.newCachedThreadPool(task -> new Thread(task, "http-client"));
    private final HttpClient client = HttpClient.newBuilder()
            .executor(clientThreads)
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /**
     * Downloads one file after another in the calling thread.
     *
     * @param addresses the addresses of the files
     * @param folder where the files go; it must exist
     * @param progress told the percentage of the files that are done, after each file
     * @throws DownloadException if a file cannot be downloaded; the files after it are left out
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void oneByOne(List<URI> addresses, Path folder, IntConsumer progress)
            throws DownloadException, InterruptedException {
        int done = 0;
        for (URI address : addresses) {
            download(address, folder);
            done++;
            progress.accept(100 * done / addresses.size());
        }
    }

    /**
     * Downloads every file in a thread of its own. If one file fails, the threads that still wait or download are
     * interrupted. Whatever happens, every thread has ended when this method returns or throws.
     *
     * @param addresses the addresses of the files
     * @param folder where the files go; it must exist
     * @param limit how many files are downloaded at a time, at least 1
     * @param progress told the percentage of the files that are done, after each file, by the calling thread
     * @throws DownloadException if a file cannot be downloaded
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void concurrently(List<URI> addresses, Path folder, int limit, IntConsumer progress)
            throws DownloadException, InterruptedException {
        BoundedSemaphore permits = new BoundedSemaphore(limit);
        List<Thread> threads = new ArrayList<>();
        CompletionService<Path> downloads = new ExecutorCompletionService<>(task -> {
            Thread thread = new Thread(task, "downloader-" + (threads.size() + 1));
            threads.add(thread);
            thread.start();
        });
        try {
            for (URI address : addresses) {
                downloads.submit(() -> downloadUnder(permits, address, folder));
            }
            for (int done = 1; done <= addresses.size(); done++) {
                downloads.take().get();
                progress.accept(100 * done / addresses.size());
            }
        } catch (ExecutionException failure) {
            Throwables.throwIfInstanceOf(failure.getCause(), DownloadException.class);
            throw new IllegalStateException(failure.getCause());
        } finally {
            threads.forEach(Thread::interrupt);
            threads.forEach(Uninterruptibles::joinUninterruptibly);
        }
    }

    @SuppressWarnings("try") // the permit is only held
    private Path downloadUnder(BoundedSemaphore permits, URI address, Path folder)
            throws DownloadException, InterruptedException {
        try (Held permit = permits.holdInterruptibly()) {
            return download(address, folder);
        }
    }

    private Path download(URI address, Path folder) throws DownloadException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new DownloadException(address, response.statusCode());
            }
            return Files.write(fileIn(folder, address), response.body());
        } catch (DownloadException answered) {
            throw answered;
        } catch (IOException failure) {
            throw new DownloadException(address, failure);
        }
    }

    /**
     * Tells where a download goes.
     *
     * @param folder the folder of the download
     * @param address the address of the file
     * @return the file in the folder
     */
    static Path fileIn(Path folder, URI address) {
        String path = address.getPath();
        return folder.resolve(path.substring(path.lastIndexOf('/') + 1));
    }

    /**
     * Ends the client and its threads. The client itself can be closed since JDK 21; on older ones its last thread, a
     * daemon, ends when the client is garbage.
     */
    @Override
    public void close() {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        clientThreads.shutdownNow();
        Uninterruptibles.awaitTerminationUninterruptibly(clientThreads);
    }
}
