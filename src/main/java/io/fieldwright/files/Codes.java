package io.fieldwright.files;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.GenericMultipleBarcodeReader;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the barcodes and QR codes in a photo, whether they are upright or on their side. */
final class Codes {

    private static final Logger log = LoggerFactory.getLogger(Codes.class);

    /** A label taken from near is read in a small copy at little cost, one taken from afar in the whole photo only. */
    private static final int SMALL_SIDE = 1024;

    private static final int MOST = 50;
    private static final int LONGEST = 500;

    /** What equipment is labelled with. Formats without a check of their own are read into any picket fence. */
    private static final Map<DecodeHintType, Object> HINTS = Map.of(
            DecodeHintType.POSSIBLE_FORMATS,
            List.of(
                    BarcodeFormat.QR_CODE,
                    BarcodeFormat.DATA_MATRIX,
                    BarcodeFormat.CODE_128,
                    BarcodeFormat.CODE_39,
                    BarcodeFormat.EAN_13,
                    BarcodeFormat.UPC_A),
            DecodeHintType.TRY_HARDER,
            true);

    private Codes() {}

    /** The texts of the codes, each once. */
    static List<String> read(BufferedImage photo) {
        BufferedImage small = Pictures.within(SMALL_SIDE, photo);
        List<String> texts = texts(small);
        return texts.isEmpty() && small != photo ? texts(photo) : texts;
    }

    private static List<String> texts(BufferedImage photo) {
        return Stream.of(results(new Brightness(photo)))
                .map(result -> FileName.printable(result.getText(), LONGEST))
                .filter(text -> !text.isBlank())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static Result[] results(Brightness photo) {
        try {
            return new GenericMultipleBarcodeReader(new MultiFormatReader())
                    .decodeMultiple(new BinaryBitmap(new HybridBinarizer(photo)), HINTS);
        } catch (ReaderException none) {
            return new Result[0];
        } catch (RuntimeException confused) {
            log.debug("A photo confused the reader of codes", confused);
            return new Result[0];
        }
    }
}
